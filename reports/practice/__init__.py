"""Practice: a collaboration of its own with made-up answers, filled by one act and emptied by one."""
