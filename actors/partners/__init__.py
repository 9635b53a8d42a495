"""Partners of the collaboration, responsibilities of organisations, and external addressees."""
