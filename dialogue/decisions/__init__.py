"""Decisions: asking bodies, answering, withdrawing, and what an answer is based on."""
