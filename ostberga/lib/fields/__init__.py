"""Fields of forms that read a kind of value more carefully than Django's own."""
