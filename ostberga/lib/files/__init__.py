"""Reading files that somebody uploaded."""
