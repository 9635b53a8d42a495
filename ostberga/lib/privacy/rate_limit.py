"""Rate limits for the whole site, counted in the cache without storing who did what."""

import time

from django.core.cache import cache


def is_within_limit(name: str, *, at_most: int, seconds: int) -> bool:
    """Return whether fewer than `at_most` events were counted in the current window of `seconds`."""
    return int(cache.get(_key(name, seconds)) or 0) < at_most


def count_event(name: str, *, seconds: int) -> None:
    """Count one more event in the current window. Only the number is stored, for two windows at most."""
    key = _key(name, seconds)
    if not cache.add(key, 1, seconds * 2):
        cache.incr(key)


def _key(name: str, seconds: int) -> str:
    return f"bucket:{name}:{int(time.time()) // seconds}"
