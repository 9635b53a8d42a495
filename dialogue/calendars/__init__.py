"""Calendars that other programs fetch: a person's own at a secret address, and the public one of a collaboration."""
