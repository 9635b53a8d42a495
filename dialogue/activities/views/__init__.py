"""Pages about activities and commitments, by audience."""
