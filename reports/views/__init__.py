"""Pages, split by who sees them."""
