"""Counts in the memory of this process, while the cache's server is away: see rate_limit.

They are of this process alone, so with two web processes a client may send twice as much, and they end with it. That is
enough against a flood, and nobody is shut out because a server is.
"""

import threading
import time

AT_MOST = 20_000  # names at a time; a flood of them must not fill the memory
_lock = threading.Lock()
_numbers: dict[str, tuple[float, float]] = {}  # by name: the number, and when it is forgotten (seconds since 1970)


def add_one(name: str, *, seconds: int) -> int:
    """Count one more, and return how many there are."""
    with _lock:
        number = _number(name) + 1
        _put(name, number, time.time() + seconds)
        return int(number)


def number_of(name: str) -> int:
    """Return how many there are."""
    with _lock:
        return int(_number(name))


def next_turn(name: str, *, spacing: float, first: float) -> float:
    """Return a turn in seconds since 1970: `spacing` after the one before it, and at least `first` from now."""
    with _lock:
        turn = max(_number(name) + spacing, time.time() + first)
        _put(name, turn, time.time() + 86_400)
        return turn


def use_once(name: str, *, seconds: int) -> bool:
    """Return whether nobody has used the name here within `seconds`."""
    return add_one(name, seconds=seconds) == 1


def forget() -> None:
    """Forget all counts."""
    with _lock:
        _numbers.clear()


def _number(name: str) -> float:
    number, until = _numbers.get(name, (0.0, 0.0))
    return number if until > time.time() else 0.0


def _put(name: str, number: float, until: float) -> None:
    if name not in _numbers and len(_numbers) >= AT_MOST:
        del _numbers[next(iter(_numbers))]  # the oldest
    _numbers[name] = (number, until)
