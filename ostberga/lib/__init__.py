"""Small things every app may use; imports nothing of ours."""
