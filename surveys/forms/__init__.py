"""What staff type about forms, conversations and paper, and what is wrong with it."""
