"""Forms about groups, seats, positions and proposals."""
