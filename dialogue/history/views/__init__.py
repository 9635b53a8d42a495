"""Pages that tell what has happened: residents' pages, receipts, results, search."""
