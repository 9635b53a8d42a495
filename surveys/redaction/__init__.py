"""Finding and masking what may identify somebody in free text. Pure."""
