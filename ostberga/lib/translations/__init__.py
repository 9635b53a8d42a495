"""The languages, forms for texts in several of them, and translation catalogues."""
