"""Petitions, and letters to bodies outside the collaboration."""
