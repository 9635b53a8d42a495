"""Accessibility statement, privacy statement and the page about the site."""
