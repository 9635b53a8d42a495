"""Forms of the coding workbench."""
