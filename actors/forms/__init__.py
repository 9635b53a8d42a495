"""What people who work here type, and what is wrong with it."""
