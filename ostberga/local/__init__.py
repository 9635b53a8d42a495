"""PostgreSQL and Valkey that live in the checkout, for the demo and the tests. Knows nothing of Django."""
