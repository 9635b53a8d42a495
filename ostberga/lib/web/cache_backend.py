"""Django's Redis cache that can be away: what is asked for is then missing, and what is stored is forgotten.

One client per process, since creating one per cache operation is slow.
"""

from contextlib import suppress
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import RedisError

from ostberga.lib.servers.redis_client import client_at

# allauth's counts of wrong passwords, its locks, and the codes that have been used once: while the server is away they
# are kept in the memory of this process. All else is only a copy of what the database has.
KEPT_IN_MEMORY = "allauth"


# KEYS: where; ARGV: the number, and its seconds.
SET_GREATEST = """
local stored = tonumber(redis.call('GET', KEYS[1]) or '')
if not stored or stored < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
end
"""


class SharedRedisCacheClient(RedisCacheClient):
    """Uses the shared client for reading and writing alike: there is one server."""

    def __init__(self, servers: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(servers, *args, **kwargs)
        self._address = servers[0]

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:  # noqa: ARG002
        """Return the process's client of the first server in LOCATION."""
        return client_at(self._address)


class SharedRedisCache(RedisCache):
    """The BACKEND to name in settings.CACHES. No method raises RedisError, but `clear` and `incr`."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class, self._address = SharedRedisCacheClient, server
        self.memory = LocMemCache("while-the-server-is-away", params)
        self._nothing = DummyCache("", params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Store what is not there yet. Returns whether it was stored."""
        try:
            return bool(super().add(key, value, timeout, version))
        except RedisError:
            return self._is_kept(key) and self.memory.add(key, value, timeout, version)

    def get(self, key: str, default: Any = None, version: Any = None) -> Any:
        """Return what is stored, else the default."""
        return self._or_instead("get", key, default, version=version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        """Store the value."""
        self._or_instead("set", key, value, timeout=timeout, version=version)

    def set_greatest(self, key: str, value: int, timeout: int) -> None:
        """Store the number for so many seconds, unless a greater one is stored: in one step, whoever comes last."""
        with suppress(RedisError):
            client_at(self._address).eval(SET_GREATEST, 1, self.make_and_validate_key(key), value, timeout)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Keep it longer. Returns whether it is there."""
        return bool(self._or_instead("touch", key, timeout=timeout, version=version))

    def delete(self, key: str, version: Any = None) -> bool:
        """Remove it. Returns whether it was there."""
        return bool(self._or_instead("delete", key, version=version))

    def has_key(self, key: str, version: Any = None) -> bool:
        """Whether something is stored."""
        return bool(self._or_instead("has_key", key, version=version))

    def get_many(self, keys: Any, version: Any = None) -> dict[Any, Any]:
        """Return what is stored of these."""
        try:
            return dict(super().get_many(keys, version))
        except RedisError:
            return {}

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> list[Any]:
        """Store these. Returns the keys that were not stored."""
        try:
            return list(super().set_many(data, timeout, version))
        except RedisError:
            return list(data)

    def delete_many(self, keys: Any, version: Any = None) -> None:
        """Remove these."""
        with suppress(RedisError):
            super().delete_many(keys, version)

    def _or_instead(self, method: str, key: str, *args: Any, **options: Any) -> Any:
        """Ask the server; while it is away, the memory of this process or a cache that is always empty."""
        try:
            return getattr(super(), method)(key, *args, **options)
        except RedisError:
            instead = self.memory if self._is_kept(key) else self._nothing
            return getattr(instead, method)(key, *args, **options)

    @staticmethod
    def _is_kept(key: str) -> bool:
        return key.startswith(KEPT_IN_MEMORY)
