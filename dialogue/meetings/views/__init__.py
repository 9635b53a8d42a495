"""Pages of meetings and minutes, by audience."""
