"""Lists of what happens to issues, read by the engine of surveys, and what becomes of what they say of others."""
