"""The coordinator's pages for taking everything out."""
