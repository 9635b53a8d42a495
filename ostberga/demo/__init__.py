"""Östbergas demo: readable content, loaded through the verbs people use."""
