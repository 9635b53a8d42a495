"""A dialogue, its period and steps, and its thresholds."""
