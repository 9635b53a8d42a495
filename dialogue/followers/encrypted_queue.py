"""Encrypted rows in Redis that wait to be written to the database by a shuffled batch.

Two shapes: a list that a batch takes whole, and a hash with at most one row per field. Every row is JSON, encrypted
with settings.RAW_TEXT_KEYS. All functions but `unseal` raise RedisError when the server is away.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from ostberga.lib.privacy.encrypted import decrypt, encrypt
from ostberga.lib.redis_client import redis_client


def unseal(sealed: str) -> Any:
    """A row as it was before it was encrypted. Raises UnreadableText when the key that sealed it is gone."""
    return json.loads(decrypt(sealed))


def push(key: str, row: Any) -> None:
    """Put a row first in a list."""
    redis_client().lpush(key, _seal(row))


@contextmanager
def batch(waiting: str, writing: str, *, lock: str, lock_seconds: int) -> Iterator[list[str] | None]:
    """The sealed rows of the list `waiting`, newest first; None when another process holds the lock.

    Rows are moved to the list `writing` and deleted only when the block ends without an exception, so a batch that
    dies is taken up by the next.
    """
    client = redis_client()
    held = client.lock(lock, timeout=lock_seconds)
    if not held.acquire(blocking=False):
        yield None
        return
    try:
        while client.lmove(waiting, writing):
            pass
        rows = [_text(row) for row in client.lrange(writing, 0, -1)]
        yield rows
        for row in rows:
            client.lrem(writing, 1, row)
    finally:
        held.release()


def put_once(key: str, field: str, row: Any) -> bool:
    """Put a row in a hash unless the field has one already; whether it was put."""
    return bool(redis_client().hsetnx(key, field, _seal(row)))


def has_field(key: str, field: str) -> bool:
    """Whether a hash has a row in this field."""
    return bool(redis_client().hexists(key, field))


def sealed_rows(key: str) -> dict[str, str]:
    """The sealed rows of a hash, by field."""
    return {_text(field): _text(row) for field, row in redis_client().hgetall(key).items()}


def delete_fields(key: str, fields: Iterable[str]) -> None:
    """Delete rows of a hash that the database has."""
    if names := list(fields):
        redis_client().hdel(key, *names)


def _seal(row: Any) -> str:
    return encrypt(json.dumps(row))


def _text(reply: Any) -> str:
    return reply.decode() if isinstance(reply, bytes) else str(reply)
