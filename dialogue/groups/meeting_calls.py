"""Meetings in calendars, and whom their calls reach after they went out: seats that come later, and those left."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from actors.letters.outbox import is_history
from dialogue.groups import letters
from dialogue.models import Meeting, Seat
from dialogue.rules.calendar_file import CANCEL, PUBLISH, REQUEST, CalendarEntry, render_calendar_file
from dialogue.rules.calendar_reply import PARTSTAT, Coming


def calendar_entry(meeting: Meeting, at: dt.datetime) -> CalendarEntry:
    """The meeting as an iCalendar entry, written `at` a time."""
    group, zone = meeting.group, timezone.get_current_timezone()
    collaboration = group.dialogue.collaboration
    starts = dt.datetime.combine(meeting.on, meeting.starts_at, zone) if meeting.starts_at else meeting.on
    ends = dt.datetime.combine(meeting.on, meeting.ends_at, zone) if meeting.starts_at and meeting.ends_at else None
    agenda = "\n".join(f"{number}. {point}" for number, point in enumerate(meeting.agenda.all(), 1))
    return CalendarEntry(
        uid=calendar_uid(meeting),
        sequence=meeting.sequence,
        summary=f"Möte: {group}",
        start=starts,
        end=ends,
        place=meeting.place,
        text=agenda,
        url=settings.SITE_URL + reverse("my-meeting", args=[meeting.pk]),
        sender=collaboration.name,
        # Calendars send their replies to the organiser.
        sender_email=parseaddr(settings.EMAIL_RETURN)[1] if settings.MAILBOX_URL else collaboration.contact_email,
        written_at=at,
    )


def calendar_uid(meeting: Meeting) -> str:
    """Return the name of the meeting in calendars: the same for ever, and known only to those who are called."""
    key = f"-{meeting.calendar_key}" if meeting.calendar_key else ""
    return f"mote-{meeting.pk}{key}@{settings.SITE_URL.partition('//')[2].partition(':')[0]}"


def personal_files(meeting: Meeting, at: dt.datetime, method: str) -> letters.CalendarFor:
    """Return what renders the file for an address: with it as the only attendee if we read what calendars reply."""
    entry = calendar_entry(meeting, at)

    def render(address: str, coming: str) -> str:
        if not settings.MAILBOX_URL:
            return render_calendar_file(entry, PUBLISH if method == REQUEST else method)
        said = PARTSTAT[Coming(coming)] if coming else "NEEDS-ACTION"
        return render_calendar_file(replace(entry, attendee=address, partstat=said), method)

    return render


def called_meetings(seats: Iterable[Seat], after: dt.date) -> list[tuple[Seat, Meeting]]:
    """The meetings after a day that the groups of these seats have been called to, with each seat. One query."""
    listed = list(seats)
    waiting = {"invited_at__isnull": False, "begun_at": None, "cancelled_at": None, "on__gt": after}
    related = ("group__dialogue__collaboration",)
    meetings = list(
        Meeting.objects.filter(group__in=[seat.group_id for seat in listed], **waiting).select_related(*related)
    )
    return [(seat, meeting) for seat in listed for meeting in meetings if meeting.group_id == seat.group_id]


def call_newcomer(seat: Seat, *, at: dt.datetime) -> None:
    """Send the calls that went out before the seat was taken, to meetings from its first day on."""
    if is_history(at):
        return
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    for _, meeting in called_meetings([seat], max(seat.since - dt.timedelta(days=1), yesterday)):
        letters.send_call(meeting, personal_files(meeting, at, REQUEST), moved=False, seats=[seat])


def release(seat: Seat, *, at: dt.datetime) -> None:
    """Tell a seat that is left that it is no longer called to meetings after its last day."""
    if is_history(at) or seat.until is None:
        return
    for _, meeting in called_meetings([seat], max(seat.until, timezone.localdate() - dt.timedelta(days=1))):
        letters.send_release(meeting, personal_files(meeting, at, CANCEL), seat)
        meeting.calls.filter(seat=seat).delete()
