"""Forms for asking for and giving decisions."""
