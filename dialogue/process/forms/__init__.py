"""Forms about a dialogue, its steps and its thresholds."""
