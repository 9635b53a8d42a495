"""Access to forms, questions, waves and channels for signed-in users."""
