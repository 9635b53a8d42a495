"""Pages about versions, and the published report."""
