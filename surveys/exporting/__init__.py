"""The tables of what people said that a collaboration can take out: answers, conversations, statements, codebook."""
