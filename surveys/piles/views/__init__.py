"""Pages of piles, by audience."""
