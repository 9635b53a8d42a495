"""Vandra: what happens to an issue on the staircase."""
