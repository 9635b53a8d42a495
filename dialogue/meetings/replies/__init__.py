"""Whether those who are called come: by the link in the letter, or by what their calendar sends back."""
