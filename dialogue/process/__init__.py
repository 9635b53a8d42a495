"""A dialogue: creating and starting it, its steps and its thresholds."""
