"""Judging passwords."""
