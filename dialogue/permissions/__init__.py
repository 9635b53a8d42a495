"""What a coordinator may open in a dialogue."""
