"""Receiving answers: the public form, conversations and paper forms."""
