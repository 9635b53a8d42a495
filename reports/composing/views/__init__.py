"""The coordinator's pages for writing a report."""
