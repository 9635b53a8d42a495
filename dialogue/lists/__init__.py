"""Lists of what happens to issues, read by the engine of surveys: issues."""
