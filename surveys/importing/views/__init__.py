"""The coordinator's pages for importing answers."""
