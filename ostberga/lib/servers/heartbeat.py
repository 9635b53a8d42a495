"""Signs of life from a worker, sent by a thread of its own, also while a library says nothing for a minute."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection


class LostClaim(Exception):
    """Another worker has the row."""


@contextmanager
def heartbeat(beat: Callable[[], object], *, every: float) -> Iterator[None]:
    """Call `beat` from a thread each `every` seconds while the block runs."""
    done = threading.Event()
    thread = threading.Thread(target=_send, args=(beat, every, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _send(beat: Callable[[], object], every: float, done: threading.Event) -> None:
    try:
        while not done.wait(every):
            beat()
    finally:
        connection.close()
