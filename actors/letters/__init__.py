"""The outbox: writing, sending and showing letters (e-mail)."""
