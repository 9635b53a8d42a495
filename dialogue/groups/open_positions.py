"""Positions on a proposal that the group has not treated: a seat may change its own, so who said what is kept, sealed.

A proposal's positions are one row under a key of its own, sealed anew at every change. Nothing tells when each came:
the order in which they were given and their lengths are inside. `settling` throws the key away.
"""

import json
import logging
from collections.abc import Collection
from dataclasses import dataclass, replace

from dialogue.models import OpenPositions, PositionKey, Proposal
from dialogue.rules.shown_positions import AnonymousPosition, Stance
from ostberga.lib.privacy import sealing

logger = logging.getLogger("ostberga.batching")

# Bytes per position before it is sealed; a reason may take all but what the rest of the position takes.
LENGTH = 2600
LONGEST = LENGTH - 150
# The sealed row has room for a multiple of so many, so that its length tells roughly how many there are, and no more.
SLOTS = 8


@dataclass(frozen=True)
class GivenPosition:
    """A seat's position, and the meeting where it was given if it was given at one; both by key."""

    seat: int
    meeting: int | None
    stance: str
    reason: str

    @property
    def stance_label(self) -> str:
        """The stance in words."""
        return str(Stance(self.stance).label)

    @property
    def is_too_long(self) -> bool:
        """Whether the reason has no room: 1,200 characters of any alphabet have, but not as many emojis."""
        return len(_as_json(self.reason)) > LONGEST

    def without_seat(self, role: str = "") -> AnonymousPosition:
        """Return the position without saying which seat's it is."""
        return AnonymousPosition(role, Stance(self.stance), self.reason)


def read(proposal: Proposal) -> list[GivenPosition]:
    """Return what has been given, the latest last: one of each seat per meeting. Raises UnreadableText.

    The proposal's `open_positions` and `position_key` may be selected with it. What no key opens, as in a copy that
    was restored without its keys, is left out, and an error is logged.
    """
    if not hasattr(proposal, "open_positions"):
        return []
    key = proposal.position_key.key if hasattr(proposal, "position_key") else ""
    try:
        content = sealing.unseal(key, proposal.open_positions.sealed, purpose=str(proposal.pk)) if key else b"[]"
    except sealing.SealedByAnotherKey:
        logger.error("the positions on proposal %s were sealed by another key and are dropped", proposal.pk)
        return []
    return [GivenPosition(*row) for row in json.loads(content)]


def read_valid(proposal: Proposal) -> dict[int, GivenPosition]:
    """Return each seat's latest position, by the seat's key. Raises UnreadableText."""
    return {given.seat: given for given in read(proposal)}


def add(proposal: Proposal, position: GivenPosition, *, earlier: Collection[int] = ()) -> None:
    """Store a position instead of the seat's earlier one of the same meeting. The caller has locked the proposal.

    `earlier`: keys of seats that the same person has left; what they said is from now on this seat's, so that she
    speaks once.
    """
    place = (position.seat, position.meeting)
    given = _as_seat(_read_again(proposal), earlier, position.seat)
    _store(proposal, [*(each for each in given if (each.seat, each.meeting) != place), position])


def move(proposal: Proposal, seat: int, to: int) -> None:
    """Let what a seat said be another's, which the same person has now. The caller has locked the proposal."""
    given = _read_again(proposal)
    if any(each.seat == seat for each in given):
        _store(proposal, _as_seat(given, [seat], to))


def throw_away(proposal: Proposal) -> None:
    """Remove the positions and their key. The key's row is gone from the database's files after the next batch."""
    OpenPositions.objects.filter(proposal=proposal).delete()
    PositionKey.objects.filter(proposal=proposal).delete()
    _forget(proposal)


def _as_seat(given: list[GivenPosition], seats: Collection[int], to: int) -> list[GivenPosition]:
    """Return the positions with those of `seats` as the seat `to`'s, before its own, which are kept instead."""
    rest = [each for each in given if each.seat not in seats]
    own = {each.meeting for each in rest if each.seat == to}
    moved = {each.meeting: replace(each, seat=to) for each in given if each.seat in seats and each.meeting not in own}
    return [*moved.values(), *rest]


def _store(proposal: Proposal, positions: list[GivenPosition]) -> None:
    key, _ = PositionKey.objects.get_or_create(proposal=proposal, defaults={"key": sealing.new_key()})
    sealed = _seal(proposal, key.key, positions)
    OpenPositions.objects.update_or_create(proposal=proposal, defaults={"sealed": sealed})
    _forget(proposal)


def _seal(proposal: Proposal, key: str, positions: list[GivenPosition]) -> bytes:
    rows = [[given.seat, given.meeting, given.stance, given.reason] for given in positions]
    length = LENGTH * (len(rows) + -len(rows) % SLOTS)
    return sealing.seal(key, _as_json(rows), length=length, purpose=str(proposal.pk))


def _as_json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def _read_again(proposal: Proposal) -> list[GivenPosition]:
    """Read what the database holds now, and not what was fetched with the proposal."""
    _forget(proposal)
    return read(proposal)


def _forget(proposal: Proposal) -> None:
    for name in ("open_positions", "position_key"):
        proposal._state.fields_cache.pop(name, None)
