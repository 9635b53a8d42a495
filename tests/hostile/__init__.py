"""Hostile requests, made from a seed: over every form that a page shows, every address, and every part of a request."""
