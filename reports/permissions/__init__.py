"""Look-ups of reports and versions that a coordinator may open."""
