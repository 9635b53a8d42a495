"""Pages about the joint plan, by audience: coordinator, resident."""
