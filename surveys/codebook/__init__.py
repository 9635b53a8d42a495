"""Perspectives, their opposites, and themes."""
