"""Forms about waves and channels."""
