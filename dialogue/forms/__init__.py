"""What is typed in the workshop, judged before a verb is said."""
