"""The tables of people, organisations, plan and letters that a collaboration can take out."""
