"""Reports (berätta): what was heard, told back as web page, PDF, Word file and printed matter."""
