"""A person leaves a body, or a body the collaboration: what they hold is listed, and handed over or ended at once."""
