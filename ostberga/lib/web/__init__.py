"""Requests and responses: htmx, cached public pages, origin checks, secret links, form tokens."""
