"""Forms for conversations and paper forms."""
