"""Pages about partners and organisations, by audience: coordinator, official, resident."""
