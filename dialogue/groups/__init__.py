"""Working groups: who sits in them, how they meet, what they stand for and what is written down."""
