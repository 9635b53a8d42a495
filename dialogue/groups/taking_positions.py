"""A seat takes a stand on its group's draft: consents, consents with a reservation, or objects. Never a vote.

Each position stays; a seat's latest holds. What the group has stood behind or taken back gets no more of them, so an
objection that held then is part of the proposal for good.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from actors.models import Collaboration, User
from dialogue.models import GroupEvent, Meeting, Position, Proposal, Seat
from dialogue.rules.shown_positions import (
    NEEDS_REASON,
    AnonymousPosition,
    ShownPositions,
    Stance,
    positions_to_show,
    reasons_so_far,
)
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
    """What a seat thinks of a draft: by its own holder, or by the coordinator for a seat without an account."""
    proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update())
    if not proposal.is_draft:
        raise Refusal("Gruppen har redan behandlat förslaget. Ställningstagandena ändras inte mer.", code="not_a_draft")
    at = at or timezone.now()
    day = meeting.on if meeting else timezone.localdate(at)
    if seat.group_id != proposal.group_id or not Seat.objects.on(day).filter(pk=seat.pk).exists():
        raise Refusal(f"{seat} hade ingen plats i gruppen den dagen.", code="no_seat")
    if meeting and meeting.group_id != proposal.group_id:
        raise Refusal("Det är en annan grupps möte.", code="other_meeting")
    _ask_who(seat, by)
    if stance in NEEDS_REASON and not reason.strip():
        raise Refusal("Skriv varför. Skälet följer med förslaget till dem som beslutar.", code="reason")
    made = Position.objects.create(
        proposal=proposal, seat=seat, meeting=meeting, stance=stance, reason=reason.strip(), given_at=at, given_by=by
    )
    # Neither what was thought nor whose seat it was: the history of the group is read by more than those concerned.
    GroupEvent.note(proposal.group, GroupEvent.Kind.TOOK_STAND, by=by, what=proposal, at=at)
    return made


def _ask_who(seat: Seat, by: User) -> None:
    """Nobody speaks for somebody who can speak for herself, the coordinator neither."""
    if seat.holder == by:
        return
    if seat.holder is not None:
        raise Refusal(f"{seat} har ett eget konto och tar ställning själv.", code="has_account")
    if not Collaboration.objects.coordinated_by(by).filter(dialogues__groups=seat.group_id).exists():
        raise Refusal("Det är inte din plats.", code="other_seat")


def summarise_positions(proposal: Proposal) -> ShownPositions:
    """What may be told of the group's positions. Its `positions__seat` should be prefetched.

    Of a draft only the reasons: what comes in one by one would otherwise say whose it was.
    """
    stands = _holding(proposal.positions.all())
    return reasons_so_far(stands) if proposal.is_draft else positions_to_show(stands)


def held_seat_ids(group: int) -> frozenset[int]:
    """The keys of the seats that are held in a group today."""
    return frozenset(Seat.objects.on(timezone.localdate()).filter(group=group).values_list("pk", flat=True))


def count_missing_positions(proposal: Proposal, held: Collection[int]) -> int:
    """How many of these seats have taken no stand. Not which: that would say whose the newest position is."""
    return len(set(held) - {one.seat_id for one in proposal.positions.all()})


def _holding(given: Iterable[Position]) -> list[AnonymousPosition]:
    latest = {one.seat_id: one for one in sorted(given, key=lambda one: (one.given_at, one.pk))}
    return [AnonymousPosition(one.seat.role, Stance(one.stance), one.reason) for one in latest.values()]
