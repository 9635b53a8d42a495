"""What happens when a part fails: the queue's and the cache's server, the mail server."""
