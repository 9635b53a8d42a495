"""The coding workbench: the queue of raw texts, and attaching statements to perspectives."""
