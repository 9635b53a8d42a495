"""Downloads of minutes, posters and paper forms."""
