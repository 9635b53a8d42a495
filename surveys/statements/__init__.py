"""Statements: cutting them from raw text, confirming, searching, undoing."""
