"""Requests and responses: htmx, kept public pages, origins, expired sessions."""
