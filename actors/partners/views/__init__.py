"""Pages about bodies, by audience: coordinator, official, resident."""
