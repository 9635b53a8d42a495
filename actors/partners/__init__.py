"""Bodies in the collaboration, their responsibilities, and bodies outside it."""
