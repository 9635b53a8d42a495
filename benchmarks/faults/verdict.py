"""What a run is judged by. Pure: it sees only what was counted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.faults.outages import PARTS, Recovery


@dataclass(frozen=True)
class Sum:
    """The reckoning of one kind."""

    kind: str
    acknowledged: int
    lost: int
    doubled: int
    again: int
    note: str = ""


@dataclass(frozen=True)
class OutageGoal:
    """How many outages a run must have: of each part, and in all."""

    of_each: int
    in_all: int


def by_part(recoveries: Iterable[Recovery]) -> dict[str, list[Recovery]]:
    """Return the recoveries of each part, in the order of the parts; those that never suffered are there too."""
    parts: dict[str, list[Recovery]] = defaultdict(list, {part: [] for part in PARTS})
    for recovery in recoveries:
        parts[recovery.part].append(recovery)
    return parts


def complaints(recoveries: list[Recovery], sums: list[Sum], goal: OutageGoal, *, is_drained: bool) -> list[str]:
    """Return in words each reason why the run has failed. None: it passed."""
    said = []
    for each in sums:
        if each.acknowledged == 0:
            said.append(f"{each.kind}: inget bekräftades, så inget prövades")
        if each.lost or each.doubled:
            said.append(f"{each.kind}: {each.lost} tappade, {each.doubled} dubbla")
    for part, own in by_part(recoveries).items():
        if len(own) < goal.of_each:
            said.append(f"{part}: {len(own)} avbrott, minst {goal.of_each} skulle det vara")
        if never := sum(not recovery.is_recovered for recovery in own):
            said.append(f"{part}: kom inte igen i tid {never} gånger")
    if len(recoveries) < goal.in_all:
        said.append(f"{len(recoveries)} avbrott i allt, minst {goal.in_all} skulle det vara")
    if not is_drained:
        said.append("allt som väntade blev inte klart")
    return said
