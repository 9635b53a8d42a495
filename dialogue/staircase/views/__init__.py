"""The coordinator's pages about an issue on the staircase."""
