"""Waves (when a form is answered) and channels (where it is handed out)."""
