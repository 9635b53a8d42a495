"""Computing the findings of a report from what was chosen, coded and heard."""
