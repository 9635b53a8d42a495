"""Letters to those who have a seat: that they got it, when the group meets, and when it does not.

What is written in long afterwards, such as meetings of ten years ago, needs no letter.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from actors.letters import outbox
from actors.letters.outbox import is_history
from actors.models import User
from dialogue.models import Meeting, Seat


def address_of(seat: Seat) -> str:
    """Where letters to the one who has the seat go; empty when she has none. Never shown to other members."""
    if seat.holder:
        return seat.holder.email
    waiting = seat.invitation if seat.invitation and not seat.invitation.accepted_by_id else None
    return waiting.email if waiting and not waiting.withdrawn_at else ""


def seats_by_address(seats: Iterable[Seat]) -> dict[str, Seat]:
    """Each address once, with its seat. `seats` come with their account and invitation."""
    return {address: seat for seat in seats if (address := address_of(seat))}


def seats_on_meeting_day(meeting: Meeting) -> list[Seat]:
    """Those who have a seat the day of the meeting."""
    related = ("organisation", "user", "invitation__accepted_by")
    return list(Seat.objects.on(meeting.on).filter(group=meeting.group).select_related(*related))


def send_seat_given(seat: Seat, to: User, *, at: dt.datetime) -> None:
    """Somebody who has an account hears that she has a seat now."""
    if not is_history(at):
        link = settings.SITE_URL + reverse("my-group", args=[seat.group_id])
        _write("seat-given", "seat_given", to.email, {"seat": seat, "group": seat.group, "link": link})


def send_call(meeting: Meeting, calendar: str, *, moved: bool) -> int:
    """Everybody who has a seat and an address is asked to come. Says how many."""
    shown = {"agenda": list(meeting.agenda.all()), "moved": moved}
    return _tell_all(meeting, "meeting-called", "meeting_called", calendar, shown)


def send_cancellation(meeting: Meeting, calendar: str) -> int:
    """Everybody who was asked to come hears that there is no meeting, and why."""
    return _tell_all(meeting, "meeting-cancelled", "meeting_cancelled", calendar, {})


def _tell_all(meeting: Meeting, kind: str, template: str, calendar: str, shown: dict[str, Any]) -> int:
    link = settings.SITE_URL + reverse("my-meeting", args=[meeting.pk])
    to = seats_by_address(seats_on_meeting_day(meeting))
    for address, seat in to.items():
        context = {"seat": seat, "group": meeting.group, "meeting": meeting, "link": link, **shown}
        _write(kind, template, address, context, calendar)
    return len(to)


def _write(kind: str, template: str, to: str, context: dict[str, Any], calendar: str = "") -> None:
    collaboration = context["group"].dialogue.collaboration
    shown = {"collaboration": collaboration, **context}
    outbox.write(kind=kind, to=to, template=template, context=shown, collaboration=collaboration, calendar=calendar)
