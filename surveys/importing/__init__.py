"""Importing answers from a spreadsheet: reading rows, dry run, storing."""
