"""Rules that no linter checks: sizes, names, who may see what, what must not be in the repository."""
