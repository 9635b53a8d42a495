"""Statements: cutting them from raw text, reviewing, searching, undoing."""
