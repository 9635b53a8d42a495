"""The coordinator's pages about perspectives and themes."""
