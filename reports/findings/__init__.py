"""Computing a report's numbers and quotes from what was chosen, coded and heard."""
