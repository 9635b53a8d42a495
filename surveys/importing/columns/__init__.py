"""What the columns of a file hold: found, guessed, remembered, and read."""
