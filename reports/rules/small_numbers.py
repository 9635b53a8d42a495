"""Small numbers: nothing is shown about a group so small that someone in it could be pointed out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class GroupCount:
    """One group's number, and whether it may be shown. `few`: it is itself too small; else it only hides another."""

    label: str
    number: int
    shown: bool = True
    few: bool = False


@dataclass(frozen=True)
class GroupCounts:
    """The groups of one table. `total_shown` is false where even the sum would give a small group away."""

    counts: tuple[GroupCount, ...]
    total: int
    total_shown: bool


def hide_small(groups: Sequence[tuple[str, int]], minimum: int) -> GroupCounts:
    """Hide every group of 1 to `minimum` - 1, and as many others as it takes that subtraction does not reveal them.

    Nobody (0) is always shown: that a group is missing is what the table is for.
    """
    total = sum(number for _, number in groups)
    few = {place for place, (_, number) in enumerate(groups) if 0 < number < minimum}
    hidden = set(few)
    left = sorted((number, place) for place, (_, number) in enumerate(groups) if number >= minimum)
    while few and not _is_vague(groups, few, hidden, minimum) and left:
        hidden.add(left.pop(0)[1])
    counts = tuple(
        GroupCount(label, number, shown=place not in hidden, few=place in few)
        for place, (label, number) in enumerate(groups)
    )
    total_shown = total >= minimum or total == 0
    return GroupCounts(counts, total, total_shown and (not few or _is_vague(groups, few, hidden, minimum)))


def _is_vague(groups: Sequence[tuple[str, int]], few: set[int], hidden: set[int], minimum: int) -> bool:
    """Whether someone who knows the total is left with at least three possible sizes for every small group."""
    together = sum(groups[place][1] for place in hidden)
    others = len(hidden) - len(few)
    least = len(few) + others * minimum
    for _ in few:
        # The others as small as they can be leave at most this for one group; as large as they can be, at least that.
        most = min(minimum - 1, together - (least - 1))
        fewest = 1 if others else max(1, together - (len(few) - 1) * (minimum - 1))
        if most - fewest < 2:
            return False
    return True
