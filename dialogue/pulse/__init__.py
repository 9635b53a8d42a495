"""How the collaboration works together: adjustments, the pulse survey, and an overview of both over time."""
