"""Names that organisations had, and the addresses that collaborations had."""
