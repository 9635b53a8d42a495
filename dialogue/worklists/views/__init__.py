"""The coordinator's week and the desk of a signed-in person."""
