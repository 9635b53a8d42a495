"""The joint plan: drafting, adopting, new versions."""
