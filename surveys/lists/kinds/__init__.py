"""The kinds of lists of what people said: conversations, coded statements, and a codebook."""
