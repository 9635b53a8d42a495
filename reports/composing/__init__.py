"""Composing a report: creating it, writing its texts, choosing its themes, perspectives and quotes."""
