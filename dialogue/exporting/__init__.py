"""The tables of issues, groups, proposals, decisions and activities that a collaboration can take out."""
