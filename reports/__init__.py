"""Berätta: what we tell back."""
