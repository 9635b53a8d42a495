"""Importing answers from a spreadsheet: reading cells, dry run, storing."""
