"""Pages about adjustments and the pulse."""
