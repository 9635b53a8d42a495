"""Fails a test when a transaction locks against the order of the house, or raises a public version too early.

The order: one turn (an advisory lock), rows by LOCK_ORDER, the version of the public pages, the table of what waits.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

from ostberga.lib.locking import LOCK_ORDER, MANY_ACTS, place_in_order

_LOCKED = re.compile(r'FROM "(\w+)".* FOR (?:NO KEY )?UPDATE(?! OF "\w+" SKIP LOCKED| SKIP LOCKED)', re.DOTALL)
_VERSION_RAISED = 'UPDATE "actors_collaboration" SET "public_version"'
_TURN = "SELECT pg_advisory_xact_lock"
_WHOLE_TABLE = "LOCK TABLE "
FIRST, LAST = -1, len(LOCK_ORDER)


class OpposedOrder(AssertionError):
    """Two transactions that lock so can wait for each other forever."""


class LockOrder:
    """Follows what is locked within each outermost savepoint: the transaction of a verb or a view, inside a test's."""

    def __init__(self) -> None:
        self.labels = {model._meta.db_table: model._meta.label_lower for model in apps.get_models()}
        self.open: list[str] = []
        self.locked: list[tuple[int, str, str]] = []
        self.whole: set[str] = set()  # the models whose tables nobody else has now
        self.is_followed = True

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Note the statement, then execute it."""
        if not context["connection"].in_atomic_block:  # a real transaction has ended, and its open savepoints with it
            self._end()
        self.note(str(sql), repr(params))
        return execute(sql, params, many, context)

    def note(self, sql: str, params: str = "") -> None:
        """Note what a statement locks. Raises OpposedOrder."""
        if sql.startswith("SAVEPOINT"):
            self.open.append(sql.rsplit(maxsplit=1)[-1])
        elif sql.startswith(("RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")):
            self._close(sql.rsplit(maxsplit=1)[-1])
        elif sql.startswith(MANY_ACTS):
            self.is_followed = not self.open
        elif not self.is_followed:
            return
        elif sql.startswith(_TURN):
            self._take_turn(params)
        elif sql.startswith(_WHOLE_TABLE):
            self._lock_tables(sql)
        elif sql.startswith(_VERSION_RAISED):
            self._lock(LAST, "the version of the public pages")
        elif match := _LOCKED.search(sql):
            label = self.labels[match[1]]
            if label in LOCK_ORDER and label not in self.whole:  # a test of the house finds those that are missing
                self._lock(place_in_order(label), label, params)

    def _close(self, savepoint: str) -> None:
        if savepoint in self.open:
            del self.open[self.open.index(savepoint) :]
        if not self.open:
            self._end()

    def _end(self) -> None:
        self.open.clear()
        self.locked.clear()
        self.whole.clear()
        self.is_followed = True

    def _lock_tables(self, sql: str) -> None:
        """The table of what waits; a batch has all its tables to itself, and waits for no row of theirs."""
        self._lock(LAST + 1, "what waits for the batch")
        if sql.endswith("IN ACCESS EXCLUSIVE MODE"):
            self.whole |= {self.labels[name] for name in re.findall(r'"(\w+)"', sql)}

    def _take_turn(self, params: str) -> None:
        """One at most in a transaction: two with two turns each could wait for each other."""
        turns = {label for at, label, _ in self.locked if at == FIRST}
        if self.open and turns - {f"the turn of {params}"}:
            raise OpposedOrder(f"the turn of {params} is taken after {', '.join(turns)}")
        self._lock(FIRST, f"the turn of {params}")

    def _lock(self, place: int, label: str, params: str = "") -> None:
        if not self.open or (place, label, params) in self.locked:  # the same rows again: they are held already
            return
        later = [locked for at, locked, _ in self.locked if at > place]
        if later:
            raise OpposedOrder(f"{label} is locked after {', '.join(dict.fromkeys(later))}")
        self.locked.append((place, label, params))


@contextmanager
def held_to_lock_order() -> Iterator[LockOrder]:
    """Hold what this connection does to the order."""
    order = LockOrder()
    with connection.execute_wrapper(order):
        yield order
