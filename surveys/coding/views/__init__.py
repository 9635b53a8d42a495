"""Pages of the coding workbench and the list of statements."""
