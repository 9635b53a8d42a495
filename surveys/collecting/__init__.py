"""Taking in answers: the public form, conversations, and forms filled in on paper."""
