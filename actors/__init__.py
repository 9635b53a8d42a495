"""Vilka: people, organisations, the collaboration and its plan."""
