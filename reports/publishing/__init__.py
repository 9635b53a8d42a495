"""Versions of a report: making, publishing, correcting, withdrawing."""
