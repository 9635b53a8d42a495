"""The joint plan: drafting, adopting and publishing new versions."""
