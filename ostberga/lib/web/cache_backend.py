"""Django's Redis cache with its clients kept: making a new one for every key costs more than asking."""

from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class SteadyClient(RedisCacheClient):
    """The same client again and again, one to read and one to write; threads may share it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """The client that Django would have made."""
        if write not in self._kept:
            self._kept[write] = super().get_client(key, write=write)
        return self._kept[write]


class SteadyRedisCache(RedisCache):
    """To be named in CACHES."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = SteadyClient
