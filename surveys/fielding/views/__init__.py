"""The coordinator's pages about waves and channels."""
