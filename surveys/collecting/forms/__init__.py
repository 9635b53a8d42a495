"""Forms for entering conversations and paper forms."""
