"""Decisions as a whole, and the part of each body."""
