"""Time that stands still and chance that repeats itself."""

import datetime as dt
import hashlib
import os
import random
from zoneinfo import ZoneInfo

import time_machine

BUILT = dt.datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
ASKED = BUILT + dt.timedelta(minutes=30)
# How every new key begins (16 bytes or more), so that a comparison knows one: it says nothing to anybody.
MARK = bytes.fromhex("feedface")


class Chance:
    """Bytes that follow from a name: the same name, the same bytes."""

    def __init__(self) -> None:
        self.begin("")

    def begin(self, name: str) -> None:
        """Start over from this name; ordinary `random` too."""
        self._name, self._count = name, 0
        random.seed(name)

    def bytes(self, size: int) -> bytes:
        """In place of os.urandom."""
        self._count += 1
        stream = hashlib.shake_256(f"{self._name} {self._count}".encode()).digest(size)
        return MARK + stream[4:] if size >= 16 else stream


chance = Chance()


def repeat_chance() -> None:
    """From here on nothing is random. `secrets`, `uuid` and `SystemRandom` all draw from these two."""
    os.urandom = chance.bytes
    random._urandom = chance.bytes  # type: ignore[attr-defined]


def travel(moment: dt.datetime, *, ticking: bool = False) -> time_machine.travel:
    """The clock at this moment; use it with `with`, or start it."""
    return time_machine.travel(moment, tick=ticking)
