"""Seats that are left because their body or their person is, with what they promised."""

import datetime as dt
from dataclasses import dataclass, replace

from actors.models import Organisation, User
from dialogue.groups import seating, taking_positions
from dialogue.leaving.holdings import Holdings
from dialogue.meetings import promises
from dialogue.models import PromiseOutcome, Seat


@dataclass(frozen=True)
class Heir:
    """Who sits instead: an account, or a person still to be invited; neither for a seat without account."""

    organisation: Organisation
    user: User | None = None
    email: str = ""
    name: str = ""
    is_same_person: bool = False


def heir_of(seat: Seat, body: Organisation) -> Heir:
    """The same person, now for another body."""
    same = Heir(body, is_same_person=True)
    if seat.user or not seat.invitation:
        return replace(same, user=seat.user)
    accepted, invited = seat.invitation.accepted_by, seat.invitation
    return replace(same, user=accepted) if accepted else replace(same, email=invited.email, name=invited.name)


def pass_seat_on(seat: Seat, held: Holdings, heir: Heir | None, *, by: User, on: dt.date, reason: str) -> None:
    """End the seat, so that its calls are taken back; the heir gets one of her own and what it promised.

    Without an heir the promises are told as not kept. Call it from a verb that has asked for the right.
    """
    promised = held.promises_of(seat)
    seating.leave_seat(seat=seat, on=on, by=by, reason=reason)
    new = _seat_for(seat, heir, by=by, on=on) if heir else None
    for item in promised:
        if new:
            promises.hand_over_promise(item=item, to=new, by=by)
        else:
            promises.tell_outcome(item=item, became=PromiseOutcome.Became.DROPPED, words=reason, by=by)


def _seat_for(left: Seat, heir: Heir, *, by: User, on: dt.date) -> Seat:
    """The seat that the heir has in the group, or a new one from the day after; the same person's words follow."""
    own = left.group.seats.filter(until=None, user=heir.user).first() if heir.user else None
    new = own or seating.add_seat(
        group=left.group,
        role=left.role,
        organisation=heir.organisation,
        user=heir.user,
        email=heir.email,
        name=heir.name,
        reason=f"Efter {left}.",
        on=on + dt.timedelta(days=1),
        by=by,
    )
    if heir.is_same_person:
        taking_positions.move_positions(left, new)
    return new
