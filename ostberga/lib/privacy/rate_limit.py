"""How often something may happen on the whole site, counted without knowing who did it."""

import time

from django.core.cache import cache


def is_within_limit(name: str, *, at_most: int, seconds: int) -> bool:
    """Whether fewer than `at_most` were counted in this span of time."""
    return int(cache.get(_key(name, seconds)) or 0) < at_most


def count_event(name: str, *, seconds: int) -> None:
    """One more happened. What is kept is a number, and only for this span of time."""
    key = _key(name, seconds)
    if not cache.add(key, 1, seconds * 2):
        cache.incr(key)


def _key(name: str, seconds: int) -> str:
    return f"bucket:{name}:{int(time.time()) // seconds}"
