"""The Redis clients of the process: one for the queue, one for the cache and the counts of requests."""

from functools import cache

import redis
from django.conf import settings

# A server that answers nothing must not hold a resident's answer: with these it counts as away.
CONNECT_SECONDS, REPLY_SECONDS = 0.5, 2


def redis_client() -> redis.Redis:
    """Return the client of the queue's server, whose data survives a restart."""
    return client_at(_location(settings.REDIS_URL))


def cache_client() -> redis.Redis:
    """Return the client of the cache's server, which writes nothing to disk."""
    return client_at(settings.CACHES["default"]["LOCATION"])


@cache
def client_at(url: str) -> redis.Redis:
    """Return the client of this URL, whose replies are bytes. Threads share it; a forked process reconnects."""
    return redis.Redis.from_url(url, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=REPLY_SECONDS)


def _location(url: str) -> str:
    """Return the URL as redis-py writes it: Celery has another word for a Unix socket."""
    return url.replace("redis+socket://", "unix://")
