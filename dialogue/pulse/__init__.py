"""How the collaboration works: adjustments and the pulse survey."""
