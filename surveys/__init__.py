"""Lyssna: forms, interviews, statements, perspectives, themes."""
