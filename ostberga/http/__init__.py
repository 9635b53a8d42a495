"""How requests arrive: the web server's settings and log, what is refused unread, and limits for each client."""
