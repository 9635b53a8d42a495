"""Founding a collaboration without a shell or the admin site, and the administrator's pages about the installation."""
