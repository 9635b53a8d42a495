"""Exports of the findings for other programs: Word."""
