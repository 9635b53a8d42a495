"""What became of a perspective that was merged into another. Pure: works on keys alone."""

from collections import defaultdict
from collections.abc import Mapping


def roots(merged: Mapping[int, int | None]) -> dict[int, int]:
    """For each perspective the one it is part of today; one that stands by itself is its own."""
    return {key: _root(merged, key) for key in merged}


def families(merged: Mapping[int, int | None]) -> dict[int, frozenset[int]]:
    """For each perspective that stands: itself and all that has gone up into it, however many steps away."""
    found: dict[int, set[int]] = defaultdict(set)
    for key, root in roots(merged).items():
        found[root].add(key)
    return {root: frozenset(members) for root, members in found.items()}


def creates_cycle(merged: Mapping[int, int | None], *, one: int, into: int) -> bool:
    """Merging `one` into `into` would make a ring: they are, or would become, parts of each other."""
    return _root(merged, into) == one


def _root(merged: Mapping[int, int | None], key: int) -> int:
    seen = {key}
    while (onwards := merged.get(key)) is not None and onwards not in seen:
        seen.add(onwards)
        key = onwards
    return key
