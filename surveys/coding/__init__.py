"""The coding workbench: the queue of raw texts, reviewing statements and attaching them to perspectives."""
