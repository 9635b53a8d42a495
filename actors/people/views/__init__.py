"""Pages about people: the coordinator's list, and the page that an invitation opens."""
