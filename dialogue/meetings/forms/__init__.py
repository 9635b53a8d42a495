"""Forms about meetings and minutes."""
