"""Positions of seats on their group's draft proposals: consent, consent with a reservation, or objection. No vote.

A seat's latest position is valid. When the group stands behind the proposal or withdraws it, the positions are settled:
an objection that is valid then stays with the proposal, and nobody keeps whose it was.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from actors.models import User
from dialogue.groups import open_positions
from dialogue.groups.open_positions import GivenPosition
from dialogue.models import Meeting, Proposal, Seat
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
    *, proposal: Proposal, seat: Seat, stance: str, reason: str = "", by: User, meeting: Meeting | None = None
) -> None:
    """Store a seat's position on a draft: by its holder, or by the coordinator for a seat without an account.

    Neither the account nor the time is stored, and no event: more people read the group's history than may know these.
    """
    require(by, SPEAK_FOR_SEAT, seat)
    if not (Seat.objects.held_by(by) | Seat.objects.without_account()).filter(pk=seat.pk).exists():
        raise Refusal(f"{seat} har haft ett konto och tagit ställning själv, eller låtit bli.", code="her_own")
    proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update(no_key=True))
    if not proposal.is_draft or proposal.positions.exists():
        why = proposal.settled_in_words or "Gruppen har redan behandlat förslaget."
        group = reverse("my-group", args=[proposal.group_id]) if seat.user_id == by.pk else ""
        raise Refusal(f"{why} Ställningstagandena ändras inte mer.", code="not_a_draft", link=group)
    _check(proposal, seat, meeting)
    reason = reason.strip()
    if stance in NEEDS_REASON and not reason:
        raise Refusal("Skriv varför. Skälet följer med förslaget till dem som beslutar.", code="reason")
    position = GivenPosition(seat.pk, meeting.pk if meeting else None, stance, reason)
    if position.is_too_long:
        raise Refusal("Skälet är för långt. Korta det.", code="reason_too_long")
    open_positions.add(proposal, position, earlier=_other_seats_of_holder(seat))


@transaction.atomic
def move_positions(left: Seat, to: Seat) -> None:
    """Let what a seat has said on drafts be said by the one that the same person has instead, so that she speaks once.

    Call it from a verb that has asked for the right.
    """
    drafts = Proposal.objects.filter(group=left.group_id, open_positions__isnull=False).order_by("pk")
    for proposal in drafts.select_for_update(no_key=True, of=("self",)):
        open_positions.move(proposal, left.pk, to.pk)


def valid_positions(proposal: Proposal) -> list[AnonymousPosition]:
    """Return the valid positions of all seats; without roles while they are not settled."""
    settled = [
        AnonymousPosition(position.role, Stance(position.stance), position.reason)
        for position in proposal.positions.all()
    ]
    if settled or not proposal.is_draft:
        return settled
    return [position.without_seat() for position in open_positions.read_valid(proposal).values()]


def summarise_positions(proposal: Proposal) -> ShownPositions:
    """The part of the group's positions that may be shown. `positions` should be prefetched.

    Of a draft only the reasons are shown: positions that come in one by one would otherwise reveal whose they are.
    """
    valid = valid_positions(proposal)
    return reasons_so_far(valid) if proposal.is_draft else positions_to_show(valid)


def held_seat_ids(group: int) -> frozenset[int]:
    """Keys of the seats held in a group today. `group` is the group's key."""
    return frozenset(Seat.objects.on(timezone.localdate()).filter(group=group).values_list("pk", flat=True))


def count_missing_positions(proposal: Proposal, held: Collection[int]) -> int:
    """How many of the `held` seats have taken no position on a draft. Which ones would reveal the newest position."""
    return len(set(held) - {*open_positions.read_valid(proposal)})


def _other_seats_of_holder(seat: Seat) -> list[int]:
    """Keys of the other seats in the group that the seat's account has or has had; none for a seat without account."""
    account = seat.user_id or (seat.invitation.accepted_by_id if seat.invitation else None)
    hers = Q(user=account) | Q(invitation__accepted_by=account)
    others = Seat.objects.filter(hers, group=seat.group_id).exclude(pk=seat.pk)
    return list(others.values_list("pk", flat=True)) if account else []


def _check(proposal: Proposal, seat: Seat, meeting: Meeting | None) -> None:
    """Refuse a seat of another group or day, another group's meeting, and a group that has ended."""
    today = timezone.localdate()
    day = meeting.on if meeting else today
    if seat.group_id != proposal.group_id or not Seat.objects.on(day).filter(pk=seat.pk).exists():
        raise Refusal(f"{seat} hade ingen plats i gruppen den dagen.", code="no_seat")
    if meeting and meeting.group_id != proposal.group_id:
        raise Refusal("Det är en annan grupps möte.", code="other_meeting")
    if proposal.group.ended_on is not None and proposal.group.ended_on < today:
        raise Refusal("Gruppen är avslutad.", code="group_ended")
