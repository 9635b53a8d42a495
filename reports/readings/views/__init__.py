"""Pages for readers of drafts and for the coordinator who invited them."""
