"""The coordinator's pages for composing a report."""
