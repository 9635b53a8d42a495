"""Library modules that every app may use. They import none of our apps."""
