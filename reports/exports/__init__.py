"""Other forms of the same findings, for those who work with them elsewhere."""
