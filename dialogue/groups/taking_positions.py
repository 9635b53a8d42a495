"""Positions of seats on their group's draft proposals: consent, consent with a reservation, or objection. No vote.

Every position is kept; a seat's latest one is valid. When the group stands behind the proposal or withdraws it, no more
positions are taken, so an objection that is valid then stays with the proposal.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from actors.models import User
from dialogue.models import GroupEvent, Meeting, Position, Proposal, Seat
from dialogue.rules.rights import SPEAK_FOR_SEAT
from dialogue.rules.shown_positions import (
    NEEDS_REASON,
    AnonymousPosition,
    ShownPositions,
    Stance,
    positions_to_show,
    reasons_so_far,
)
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal


@transaction.atomic
def take_position(
    *,
    proposal: Proposal,
    seat: Seat,
    stance: str,
    reason: str = "",
    by: User,
    meeting: Meeting | None = None,
    at: dt.datetime | None = None,
) -> Position:
    """Store a seat's position on a draft: by its holder, or by the coordinator for a seat without an account."""
    require(by, SPEAK_FOR_SEAT, seat)
    proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update())
    if not proposal.is_draft:
        raise Refusal("Gruppen har redan behandlat förslaget. Ställningstagandena ändras inte mer.", code="not_a_draft")
    at = at or timezone.now()
    day = meeting.on if meeting else timezone.localdate(at)
    if seat.group_id != proposal.group_id or not Seat.objects.on(day).filter(pk=seat.pk).exists():
        raise Refusal(f"{seat} hade ingen plats i gruppen den dagen.", code="no_seat")
    if meeting and meeting.group_id != proposal.group_id:
        raise Refusal("Det är en annan grupps möte.", code="other_meeting")
    if stance in NEEDS_REASON and not reason.strip():
        raise Refusal("Skriv varför. Skälet följer med förslaget till dem som beslutar.", code="reason")
    position = Position.objects.create(
        proposal=proposal, seat=seat, meeting=meeting, stance=stance, reason=reason.strip(), given_at=at, given_by=by
    )
    # The event holds neither the position nor the seat: more people read the group's history than may know these.
    GroupEvent.note(proposal.group, GroupEvent.Kind.TOOK_STAND, by=by, what=proposal, at=at)
    return position


def summarise_positions(proposal: Proposal) -> ShownPositions:
    """The part of the group's positions that may be shown. `positions__seat` should be prefetched.

    Of a draft only the reasons are shown: positions that come in one by one would otherwise reveal whose they are.
    """
    stands = _valid_stands(proposal.positions.all())
    return reasons_so_far(stands) if proposal.is_draft else positions_to_show(stands)


def held_seat_ids(group: int) -> frozenset[int]:
    """Keys of the seats held in a group today. `group` is the group's key."""
    return frozenset(Seat.objects.on(timezone.localdate()).filter(group=group).values_list("pk", flat=True))


def count_missing_positions(proposal: Proposal, held: Collection[int]) -> int:
    """How many of the `held` seats have taken no position. Which ones is not told: it would reveal the newest one."""
    return len(set(held) - {position.seat_id for position in proposal.positions.all()})


def _valid_stands(positions: Iterable[Position]) -> list[AnonymousPosition]:
    """The latest position of each seat."""
    in_order = sorted(positions, key=lambda position: (position.given_at, position.pk))
    latest = {position.seat_id: position for position in in_order}
    return [
        AnonymousPosition(position.seat.role, Stance(position.stance), position.reason) for position in latest.values()
    ]
