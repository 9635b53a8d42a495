"""Forms, interviews, statements, perspectives and themes: what people say."""
