"""The process's one Redis client, used by the cache and by the queues of waiting wishes and answers."""

from functools import cache

import redis
from django.conf import settings


def redis_client() -> redis.Redis:
    """The client of the server that settings.CACHES names."""
    return client_at(settings.CACHES["default"]["LOCATION"])


@cache
def client_at(url: str) -> redis.Redis:
    """One client per address. Its replies are bytes; threads share its pool, and a forked process opens its own."""
    return redis.Redis.from_url(url)
