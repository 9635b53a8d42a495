"""Forms for moving and closing an issue, and for accepted exceptions."""
