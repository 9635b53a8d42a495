"""The coordinator's pages for editing issues."""
