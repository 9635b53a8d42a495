"""A check that the cache, which counts requests by client, writes nothing to disk. `migrate` runs it first."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from redis import RedisError

from ostberga.lib.servers.redis_client import cache_client

SAYS_HOW = 'Starta den med --appendonly no --save "" och peka CACHE_URL på den.'


@register(Tags.database)
def cache_writes_nothing(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Fail when the server of CACHE_URL persists what it holds; warn when it cannot be asked."""
    if not databases or (settings.MODE == "demo" and settings.CACHE_URL == settings.REDIS_URL):
        return []
    try:
        client = cache_client()
        persists = {name: _config(client, name) for name in ("appendonly", "save")}
    except RedisError as problem:
        return [Warning(f"Det gick inte att fråga mellanlagret om det skriver till disk ({type(problem).__name__}).")]
    if persists["appendonly"] == "yes" or persists["save"]:
        return [Error("Mellanlagret skriver till disk. Där får varken räkning eller dagsnyckel ligga.", hint=SAYS_HOW)]
    return []


def _config(client: Any, name: str) -> str:
    return str({_text(key): _text(value) for key, value in client.config_get(name).items()}.get(name, ""))


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
