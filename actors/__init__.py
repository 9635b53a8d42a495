"""Actors (vilka): people, organisations, the collaboration and its plan."""
