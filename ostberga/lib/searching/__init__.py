"""Searching texts in the database: words by their stem, inside others, and misspelt."""
