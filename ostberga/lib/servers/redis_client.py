"""The Redis clients of the process: one for the queue, one for the cache and the counts of requests.

A server that is away or answers nothing costs one request half a second, and the others nothing: see CircuitBreaker.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.retry import Retry

from ostberga.lib.servers.circuit_breaker import CircuitBreaker

# A server that answers nothing must not hold a resident's answer: with these it counts as away.
CONNECT_SECONDS, REPLY_SECONDS = 0.5, 0.5
SECONDS_LEFT_ALONE = 5.0
Answer = TypeVar("Answer")


class GuardedPipeline(Pipeline):
    """A pipeline that asks the breaker before it is executed."""

    breaker: CircuitBreaker

    def execute(self, raise_on_error: bool = True) -> list[Any]:
        """Send the commands. Raises ConnectionError at once while the server is left alone."""
        send = super().execute
        return guarded(self.breaker, lambda: send(raise_on_error))


class GuardedRedis(redis.Redis):
    """A client that asks the breaker before each command."""

    breaker: CircuitBreaker

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Send the command. Raises ConnectionError at once while the server is left alone."""
        ask: Callable[..., Any] = super().execute_command
        return guarded(self.breaker, lambda: ask(*args, **options))

    def pipeline(self, transaction: bool = True, shard_hint: Any = None) -> GuardedPipeline:
        """Return a pipeline with the same breaker."""
        made = GuardedPipeline(self.connection_pool, self.response_callbacks, transaction, shard_hint)
        made.breaker = self.breaker
        return made


def guarded(breaker: CircuitBreaker, act: Callable[[], Answer]) -> Answer:
    """Return what `act` does, and tell the breaker. Raises ConnectionError while the server is left alone."""
    if not breaker.lets_through():
        raise redis.ConnectionError(f"{breaker.name} is left alone")
    try:
        answer = act()
    except (redis.ConnectionError, redis.TimeoutError) as error:
        breaker.note_failure(error)
        raise
    except redis.RedisError:  # it answered, although not as one would wish
        breaker.note_success()
        raise
    breaker.note_success()
    return answer


def redis_client() -> GuardedRedis:
    """Return the client of the queue's server, whose data survives a restart."""
    return client_at(_location(settings.REDIS_URL), "the queue")


def cache_client() -> GuardedRedis:
    """Return the client of the cache's server, which writes nothing to disk."""
    return client_at(settings.CACHES["default"]["LOCATION"])


def answers(client: GuardedRedis) -> bool:
    """Return whether the server answers, as far as is known."""
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False


@cache
def client_at(url: str, name: str = "the cache") -> GuardedRedis:
    """Return the client of this URL, whose replies are bytes. Threads share it; a forked process reconnects."""
    # A line that the server has closed since is opened again, once. A silence is not waited for twice.
    again = Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,))
    client: GuardedRedis = GuardedRedis.from_url(  # type: ignore[assignment]  # typed as its parent
        url, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=REPLY_SECONDS, retry=again
    )
    client.breaker = CircuitBreaker(name, seconds=SECONDS_LEFT_ALONE)
    return client


def _location(url: str) -> str:
    """Return the URL as redis-py writes it: Celery has another word for a Unix socket."""
    return url.replace("redis+socket://", "unix://")
