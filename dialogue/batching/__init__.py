"""What a batch writes, and which tables it rewrites."""
