"""The coordinator's pages about dialogues and steps."""
