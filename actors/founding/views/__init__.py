"""The pages of whoever installs: founding the first collaboration by a code, and others as administrator."""
