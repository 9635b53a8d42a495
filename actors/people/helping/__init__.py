"""Tasks of helpers: given for a time, changed and ended."""
