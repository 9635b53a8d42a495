"""Taking everything out: which files there are, how they are made, and the pages where they are fetched."""
