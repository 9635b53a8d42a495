"""The rows of the coordinator's week: a module for each kind of work, with a function for each box."""
