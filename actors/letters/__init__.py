"""Letters (e-mail): the outbox, sending, and the pages that show them."""
