"""Forms about issues."""
