"""Counts of requests by client, in the cache's server, which writes nothing to disk: only keyed hashes of addresses.

The key of the hashes is random, lives in that server alone and for a day at the most. When it is gone nobody can tell
which address a number stood for, not even by trying all of them.
"""

import datetime as dt
import hashlib
import hmac
import secrets
import time
from typing import Any

from ostberga.lib.redis_client import cache_client

PREFIX = "limits"
# The next turn of a client: `spacing` seconds after the one before it, at least `first` seconds from now.
_NEXT_TURN = """
local last = tonumber(redis.call('GET', KEYS[1]) or '0')
local turn = math.max(last + tonumber(ARGV[2]), tonumber(ARGV[1]) + tonumber(ARGV[3]))
redis.call('SET', KEYS[1], turn, 'EX', 86400)
return tostring(turn)
"""


def keyed_hash(purpose: str, text: str) -> str:
    """Return 32 hexadecimal characters that stand for the text today. Raises RedisError when the server is away."""
    return hmac.new(_key_of_today(), f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()[:32]


def count(name: str, who: str, *, seconds: int) -> int:
    """Count one more event of `who` in the current window of `seconds`, and return how many there are."""
    key = _window(name, who, seconds)
    pipeline = cache_client().pipeline()
    pipeline.incr(key)
    pipeline.expire(key, seconds)
    return int(pipeline.execute()[0])


def counted(name: str, who: str, *, seconds: int) -> int:
    """Return how many events of `who` the current window has."""
    return int(cache_client().get(_window(name, who, seconds)) or 0)


def next_turn(name: str, who: str, *, spacing: float, first: float) -> float:
    """Return when it is the next turn of `who`, in seconds since 1970: each turn is given once."""
    turn = cache_client().eval(_NEXT_TURN, 1, f"{PREFIX}:turn:{name}:{who}", time.time(), spacing, first)
    return float(turn)


def use_once(token: str, *, seconds: int) -> bool:
    """Return whether nobody has used the token within `seconds`; it is used from now on."""
    used = hashlib.sha256(token.encode()).hexdigest()
    return bool(cache_client().set(f"{PREFIX}:used:{used}", 1, nx=True, ex=seconds))


def _window(name: str, who: str, seconds: int) -> str:
    return f"{PREFIX}:{name}:{who}:{int(time.time()) // seconds}"


def _key_of_today() -> Any:
    now = dt.datetime.now(dt.UTC)
    name = f"{PREFIX}:key:{now:%Y-%m-%d}"
    client = cache_client()
    key = client.get(name)
    if key is None:
        left = 86_400 - (now.hour * 60 + now.minute) * 60 - now.second
        client.set(name, secrets.token_bytes(32), nx=True, ex=max(left, 1))
        key = client.get(name)
    return key
