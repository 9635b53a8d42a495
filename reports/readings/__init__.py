"""Avstämning: readers of a draft, their comments, and what was changed."""
