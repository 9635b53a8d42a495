"""The coordinator's pages about forms and their questions."""
