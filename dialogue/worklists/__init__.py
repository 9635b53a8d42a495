"""What waits for somebody: the coordinator's week, the desk, reminders."""
