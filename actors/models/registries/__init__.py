"""Registry addresses, and their removals."""
