"""Languages, texts kept in several of them, and translation catalogues."""
