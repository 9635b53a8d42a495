"""Pages about people: the coordinator's list and the invited person's welcome."""
