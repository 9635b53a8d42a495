"""Suppression of small numbers, so that nobody in a small group can be identified. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class GroupCount:
    """A group's number, and whether it may be shown. A hidden one is itself too small (`few`) or protects another."""

    label: str
    number: int
    is_shown: bool = True
    few: bool = False


@dataclass(frozen=True)
class GroupCounts:
    """The groups of one table. `total_shown` is false if the total would reveal a small group."""

    counts: tuple[GroupCount, ...]
    total: int
    total_shown: bool


def hide_small(groups: Sequence[tuple[str, int]], minimum: int) -> GroupCounts:
    """Hide every group of 1 to `minimum` - 1, and as many others as needed to prevent calculation by subtraction.

    0 is always shown: the table is there to show which groups are missing.
    """
    total = sum(number for _, number in groups)
    few = {place for place, (_, number) in enumerate(groups) if 0 < number < minimum}
    hidden = set(few)
    left = sorted((number, place) for place, (_, number) in enumerate(groups) if number >= minimum)
    while few and not _is_vague(groups, few, hidden, minimum) and left:
        hidden.add(left.pop(0)[1])
    counts = tuple(
        GroupCount(label, number, is_shown=place not in hidden, few=place in few)
        for place, (label, number) in enumerate(groups)
    )
    total_shown = total >= minimum or total == 0
    return GroupCounts(counts, total, total_shown and (not few or _is_vague(groups, few, hidden, minimum)))


def _is_vague(groups: Sequence[tuple[str, int]], few: set[int], hidden: set[int], minimum: int) -> bool:
    """Whether at least three sizes of every small group are possible for a reader who knows the total."""
    together = sum(groups[place][1] for place in hidden)
    others = len(hidden) - len(few)
    least = len(few) + others * minimum
    for _ in few:
        # Bounds of one small group: the others at their smallest leave `most`, at their largest `fewest`.
        most = min(minimum - 1, together - (least - 1))
        fewest = 1 if others else max(1, together - (len(few) - 1) * (minimum - 1))
        if most - fewest < 2:
            return False
    return True
