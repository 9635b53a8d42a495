"""What a signed-in person may open: look-ups that the workshop views of every app begin with."""
