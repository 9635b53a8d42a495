"""What a signed-in coordinator may open of reports."""
