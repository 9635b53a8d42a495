"""Resolves merged perspectives. Pure: works on primary keys, given as {key: key it was merged into or None}."""

from collections import defaultdict
from collections.abc import Mapping


def roots(merged: Mapping[int, int | None]) -> dict[int, int]:
    """Map each perspective to the one it has ended up in; an unmerged perspective maps to itself."""
    return {key: _root(merged, key) for key in merged}


def families(merged: Mapping[int, int | None]) -> dict[int, frozenset[int]]:
    """Map each unmerged perspective to itself and everything merged into it, in any number of steps."""
    members_by_root: dict[int, set[int]] = defaultdict(set)
    for key, root in roots(merged).items():
        members_by_root[root].add(key)
    return {root: frozenset(members) for root, members in members_by_root.items()}


def creates_cycle(merged: Mapping[int, int | None], *, source: int, into: int) -> bool:
    """Whether merging `source` into `into` would create a cycle."""
    return _root(merged, into) == source


def _root(merged: Mapping[int, int | None], key: int) -> int:
    seen = {key}
    while (onwards := merged.get(key)) is not None and onwards not in seen:
        seen.add(onwards)
        key = onwards
    return key
