"""Reading tables of cells from files and pasted text. Pure, and light: the child process imports it."""
