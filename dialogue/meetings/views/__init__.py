"""Pages about meetings and minutes."""
