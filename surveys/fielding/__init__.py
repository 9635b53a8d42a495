"""Waves and channels: when and where a form is answered."""
