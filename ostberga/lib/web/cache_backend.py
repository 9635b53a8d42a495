"""Django's Redis cache on the process's one client: making a new one for every key costs more than asking."""

from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient

from ostberga.lib.redis_client import client_at


class SharedRedisCacheClient(RedisCacheClient):
    """Asks by the shared client, whether it reads or writes: there is one server."""

    def __init__(self, servers: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(servers, *args, **kwargs)
        self._address = servers[0]

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:  # noqa: ARG002
        """The process's client of the first server in LOCATION."""
        return client_at(self._address)


class SharedRedisCache(RedisCache):
    """To be named in CACHES."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = SharedRedisCacheClient
