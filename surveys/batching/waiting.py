"""What waits for the next batch: sealed rows of one length, and decoys, in a table that every change rewrites whole.

Nothing waits in the queue, which may lose everything at any time. The table always has a multiple of SLOTS rows; those
that hold nothing are decoys. A change seals all rows anew and writes them in random order in one statement, so row
versions, order and lengths say nothing. The key lies in a row of its own until the batch throws it away.
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from ostberga.lib.privacy import sealing
from ostberga.lib.privacy.encrypted import decrypt
from surveys.models import WaitingItem, WaitingKey

logger = logging.getLogger("ostberga.batching")

SLOTS = 64
# Bytes of an item before it is sealed. The longest is an answer with 500 characters of four bytes each.
LENGTH = 2600
_ITEMS, _KEYS = WaitingItem._meta.db_table, WaitingKey._meta.db_table

Body = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """One thing that waits: its kind says which writer takes it, and the body is JSON."""

    kind: str
    body: Body


class TooMany(Exception):
    """So many of the kind wait already that another is refused."""


@contextmanager
def locked() -> Iterator[None]:
    """Let nobody else change what waits until the transaction ends. Reading and backups go on."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {_ITEMS} IN SHARE ROW EXCLUSIVE MODE")
        yield


def list_bodies(kind: str) -> list[Body]:
    """Return the bodies of a kind, in no order."""
    return [item.body for item in read_items() if item.kind == kind]


def put(kind: str, body: Body, *, at_most: int | None = None) -> None:
    """Let the body wait for the next batch. Raises TooMany when `at_most` of its kind wait already."""
    with locked():
        items = read_items()
        if at_most is not None and sum(item.kind == kind for item in items) >= at_most:
            raise TooMany
        rewrite([*items, Item(kind, body)])


def add_number(kind: str, body: Body, number: int) -> None:
    """Add to the number that waits with this body, so that a thousand counts take no more room than one."""
    with locked():
        items = read_items()
        same = [item for item in items if item.kind == kind and body.items() <= item.body.items()]
        total = number + sum(item.body["number"] for item in same)
        rewrite([*(item for item in items if item not in same), Item(kind, {**body, "number": total})])


def replace(kind: str, old: Body, new: Body | None) -> None:
    """Replace a body by another, or remove it when `new` is None. Does nothing when it no longer waits."""
    with locked():
        items = read_items()
        if (gone := Item(kind, old)) in items:
            items.remove(gone)
            rewrite([*items, *([Item(kind, new)] if new is not None else [])])


def read_items() -> list[Item]:
    """Return all that waits, in no order. Raises UnreadableText when RAW_TEXT_KEYS cannot open its key.

    A row that another key sealed can be opened by nobody: it is left out, and an error is logged.
    """
    with connection.cursor() as cursor:  # one statement, since a batch changes the key and the rows together
        cursor.execute(f"SELECT key, sealed FROM {_KEYS}, {_ITEMS}")  # noqa: S608
        rows = cursor.fetchall()
    keys = {locked: decrypt(locked) for locked in {locked for locked, _ in rows}}
    opened = [_open(keys[locked], sealed) for locked, sealed in rows]
    return [item for item in opened if item is not None]


def rewrite(items: Iterable[Item]) -> None:
    """Write these items and decoys instead of all rows. The caller holds the lock, and has read them.

    Raises UnreadableText, and changes nothing, when RAW_TEXT_KEYS cannot open the key.
    """
    key = _current_key()
    plain = [json.dumps([item.kind, item.body], ensure_ascii=False).encode() for item in items]
    plain += [b"null"] * (-len(plain) % SLOTS or (0 if plain else SLOTS))
    sealed = [sealing.seal(key, content, length=LENGTH) for content in plain]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH gone AS (DELETE FROM {_ITEMS}) INSERT INTO {_ITEMS} (id, sealed)"  # noqa: S608
            " SELECT gen_random_uuid(), row FROM UNNEST(%s::bytea[]) AS row ORDER BY gen_random_uuid()",
            [sealed],
        )


def new_key() -> None:
    """Begin with another key. The caller has emptied the tables."""
    WaitingKey.objects.create(key=sealing.new_key())


def _current_key() -> str:
    """Return the key; begin with one only where there is none, as in a restored copy. Raises UnreadableText."""
    row = WaitingKey.objects.first()
    if row is None:
        new_key()
        row = WaitingKey.objects.get()
    return row.key


def _open(key: str, sealed: bytes) -> Item | None:
    try:
        content = sealing.unseal(key, sealed)
    except sealing.SealedByAnotherKey:
        logger.error("a row that waits was sealed by another key and is dropped")
        return None
    kind_and_body = json.loads(content)
    return Item(*kind_and_body) if kind_and_body else None


Writer = Callable[[list[Body]], list[Item]]
Writers = Mapping[str, Writer]
