"""Pages about groups, seats, positions and proposals, by audience."""
