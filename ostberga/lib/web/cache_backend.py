"""Django's Redis cache with one client per process, since creating one per cache operation is slow."""

from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient

from ostberga.lib.redis_client import client_at


class SharedRedisCacheClient(RedisCacheClient):
    """Uses the shared client for reading and writing alike: there is one server."""

    def __init__(self, servers: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(servers, *args, **kwargs)
        self._address = servers[0]

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:  # noqa: ARG002
        """Return the process's client of the first server in LOCATION."""
        return client_at(self._address)


class SharedRedisCache(RedisCache):
    """The BACKEND to name in settings.CACHES."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = SharedRedisCacheClient
