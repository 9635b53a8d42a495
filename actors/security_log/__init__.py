"""The security log: recording, reading and disposing of who did what with accounts, rights and raw text."""
