"""Template tags and filters of no single app."""
