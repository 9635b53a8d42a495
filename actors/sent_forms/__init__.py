"""Typed words that come back, and forms that are carried out once (docs/adr/0041)."""
