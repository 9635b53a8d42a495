"""Writing what residents send so that nothing in the database tells when it came, or what came with it."""
