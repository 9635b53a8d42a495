"""The servers that may be away: their clients, and what remembers that they are."""
