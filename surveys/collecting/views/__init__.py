"""Pages for answering, conversations and paper entry."""
