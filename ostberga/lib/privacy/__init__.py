"""Codes, encryption and counting that keep people unknown."""
