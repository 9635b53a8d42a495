"""Forms for waves and channels."""
