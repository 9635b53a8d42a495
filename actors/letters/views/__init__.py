"""Views of letters by audience: the demo's reader, the coordinator, the administrator."""
