"""What waits for the coordinator, kind by kind."""
