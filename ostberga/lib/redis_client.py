"""The Redis client of the process, shared by the cache and by the queues of answers and of wishes to follow."""

from functools import cache

import redis
from django.conf import settings


def redis_client() -> redis.Redis:
    """Return the client of the server in settings.CACHES."""
    return client_at(settings.CACHES["default"]["LOCATION"])


@cache
def client_at(url: str) -> redis.Redis:
    """Return the client of this URL, whose replies are bytes. Threads share it; a forked process reconnects."""
    return redis.Redis.from_url(url)
