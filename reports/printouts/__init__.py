"""Other printed matter: minutes, posters and paper forms."""
