"""Look-ups of what a signed-in person may open, used by the coordinator's views of every app."""
