"""Letters to those who have a seat: the seat is theirs, a meeting is called, a meeting is cancelled.

What is registered long afterwards, such as meetings of ten years ago, sends no letter.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from actors.letters import outbox
from actors.letters.outbox import is_history
from actors.models import User
from dialogue.models import Meeting, MeetingCall, Seat

# The iCalendar text for an address, and for what it has replied so far («» or a value of Coming).
CalendarFor = Callable[[str, str], str]


def address_of(seat: Seat) -> str:
    """E-mail address of the seat's holder or invited person; empty when there is none. Never shown to members."""
    if seat.holder:
        return seat.holder.email
    waiting = seat.invitation if seat.invitation and not seat.invitation.accepted_by_id else None
    return waiting.email if waiting and not waiting.withdrawn_at else ""


def seats_by_address(seats: Iterable[Seat]) -> dict[str, Seat]:
    """Each address once, with its seat. `seats` should be selected with their user and invitation."""
    return {address: seat for seat in seats if (address := address_of(seat))}


def seats_on_meeting_day(meeting: Meeting) -> list[Seat]:
    """Seats held on the day of the meeting, with what `address_of` reads."""
    related = ("organisation", "user", "invitation__accepted_by")
    return list(Seat.objects.on(meeting.on).filter(group=meeting.group).select_related(*related))


def send_seat_given(seat: Seat, to: User, *, at: dt.datetime) -> None:
    """Tell a user that they have a seat now."""
    if not is_history(at):
        link = settings.SITE_URL + reverse("my-group", args=[seat.group_id])
        _write("seat-given", "seat_given", to.email, {"seat": seat, "group": seat.group, "link": link})


def send_call(meeting: Meeting, calendar: CalendarFor, *, moved: bool, seats: Iterable[Seat] | None = None) -> int:
    """Write the call to every seat with an address, or to these. `calendar` renders the file.

    Each has a link of its own to say whether the reader comes. Returns how many letters.
    """
    agenda = list(meeting.agenda.all())
    addressed = seats_by_address(seats_on_meeting_day(meeting) if seats is None else seats)
    for address, seat in addressed.items():
        asked = MeetingCall.objects.ask(meeting, seat, address)
        reply_link = settings.SITE_URL + reverse("meeting-reply", args=[asked.token])
        more = {"agenda": agenda, "moved": moved, "reply_link": reply_link}
        context = {**_about(meeting, seat), **more}
        _write("meeting-called", "meeting_called", address, context, calendar(address, asked.coming))
    return len(addressed)


def send_release(meeting: Meeting, calendar: CalendarFor, seat: Seat) -> int:
    """Write to a seat that was left that it is no longer called. Returns how many letters: one, or none."""
    return _write_to_all(meeting, "meeting-released", "meeting_released", calendar, [seat])


def send_cancellation(meeting: Meeting, calendar: CalendarFor) -> int:
    """Write that the meeting is cancelled, and why, to every seat with an address. Returns how many letters."""
    seats = seats_on_meeting_day(meeting)
    return _write_to_all(meeting, "meeting-cancelled", "meeting_cancelled", calendar, seats)


def _write_to_all(meeting: Meeting, kind: str, template: str, calendar: CalendarFor, seats: Iterable[Seat]) -> int:
    addressed = seats_by_address(seats)
    for address, seat in addressed.items():
        _write(kind, template, address, _about(meeting, seat), calendar(address, ""))
    return len(addressed)


def _about(meeting: Meeting, seat: Seat) -> dict[str, Any]:
    link = settings.SITE_URL + reverse("my-meeting", args=[meeting.pk])
    return {"seat": seat, "group": meeting.group, "meeting": meeting, "link": link}


def _write(kind: str, template: str, to: str, context: dict[str, Any], calendar: str = "") -> None:
    collaboration = context["group"].dialogue.collaboration
    context = {"collaboration": collaboration, **context}
    outbox.write(kind=kind, to=to, template=template, context=context, collaboration=collaboration, calendar=calendar)
