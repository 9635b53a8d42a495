"""Counts of requests by client, in the cache's server, which writes nothing to disk: only keyed hashes of addresses.

The key of the hashes is random, lives in that server alone and for a day at the most. When it is gone nobody can tell
which address a number stood for, not even by trying all of them.

While the server is away each process counts for itself, in its memory. No function here raises RedisError. What then
happens with each purpose stands in docs/adr/0045-when-parts-fail.md.
"""

import datetime as dt
import hashlib
import hmac
import secrets
import time
from typing import Any

from django.conf import settings
from redis import RedisError

from ostberga.lib.privacy import local_counts
from ostberga.lib.servers.redis_client import cache_client

PREFIX = "limits"
# The next turn of a client: `spacing` seconds after the one before it, at least `first` seconds from now.
_NEXT_TURN = """
local last = tonumber(redis.call('GET', KEYS[1]) or '0')
local turn = math.max(last + tonumber(ARGV[2]), tonumber(ARGV[1]) + tonumber(ARGV[3]))
redis.call('SET', KEYS[1], turn, 'EX', 86400)
return tostring(turn)
"""


def keyed_hash(purpose: str, text: str) -> str:
    """Return 32 hexadecimal characters that stand for the text today."""
    return hmac.new(_key_of_today(), f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()[:32]


def count(name: str, who: str, *, seconds: int) -> int:
    """Count one more event of `who` in the current window of `seconds`, and return how many there are."""
    key = _window(name, who, seconds)
    try:
        pipeline = cache_client().pipeline()
        pipeline.incr(key)
        pipeline.expire(key, seconds)
        return int(pipeline.execute()[0])
    except RedisError:
        return local_counts.add_one(key, seconds=seconds)


def counted(name: str, who: str, *, seconds: int) -> int:
    """Return how many events of `who` the current window has."""
    key = _window(name, who, seconds)
    try:
        return int(cache_client().get(key) or 0)
    except RedisError:
        return local_counts.number_of(key)


def next_turn(name: str, who: str, *, spacing: float, first: float) -> float:
    """Return when it is the next turn of `who`, in seconds since 1970: each turn is given once."""
    key = f"{PREFIX}:turn:{name}:{who}"
    try:
        return float(cache_client().eval(_NEXT_TURN, 1, key, time.time(), spacing, first))
    except RedisError:
        return local_counts.next_turn(key, spacing=spacing, first=first)


def use_once(token: str, *, seconds: int) -> bool:
    """Return whether nobody has used the token within `seconds`; it is used from now on."""
    key = f"{PREFIX}:used:{hashlib.sha256(token.encode()).hexdigest()}"
    try:
        return bool(cache_client().set(key, 1, nx=True, ex=seconds))
    except RedisError:
        return local_counts.use_once(key, seconds=seconds)


def _window(name: str, who: str, seconds: int) -> str:
    return f"{PREFIX}:{name}:{who}:{int(time.time()) // seconds}"


def _key_of_today() -> bytes:
    """Return the day's key from the server, else one that every process can make: a ticket must be good in them all.

    What is hashed with the latter is held in memory alone, and not longer than the window it is counted in.
    """
    now = dt.datetime.now(dt.UTC)
    name = f"{PREFIX}:key:{now:%Y-%m-%d}"
    try:
        client = cache_client()
        key: Any = client.get(name)
        if key is None:
            left = 86_400 - (now.hour * 60 + now.minute) * 60 - now.second
            client.set(name, secrets.token_bytes(32), nx=True, ex=max(left, 1))
            key = client.get(name)
    except RedisError:
        key = None
    return bytes(key) if key else hmac.digest(settings.SECRET_KEY.encode(), name.encode(), "sha256")
