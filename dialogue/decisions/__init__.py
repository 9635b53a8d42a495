"""Decisions: requesting, answering, withdrawing, expiring, and what an answer is based on."""
