"""Rules of the house that no linter knows: sizes, names, who may see what, what must never stand in the repository."""
