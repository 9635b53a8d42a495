"""A meeting as an iCalendar file (RFC 5545). Pure: no database, no clock."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event, vCalAddress, vText

# Methods of RFC 5546: an invitation to reply to, a cancellation, and a file that only tells.
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


@dataclass(frozen=True)
class CalendarEntry:
    """The contents of the calendar entry. It names no attendee but the one whose file it is."""

    uid: str  # the same in each file about a meeting, so that calendars update the entry instead of adding one
    sequence: int
    summary: str
    start: dt.datetime | dt.date  # aware; a date when no time is set
    end: dt.datetime | None
    place: str
    text: str
    url: str
    sender: str  # name of the organiser
    sender_email: str
    written_at: dt.datetime
    attendee: str = ""  # address of the only one who is asked to reply; empty in a file for anybody
    partstat: str = "NEEDS-ACTION"  # what the attendee has said so far, in the words of RFC 5545


@dataclass(frozen=True)
class CalendarDate:
    """A meeting or a day in a calendar that programs fetch. Nobody is asked to reply."""

    uid: str  # the same for ever
    summary: str
    start: dt.datetime | dt.date  # aware; a date for a whole day
    end: dt.datetime | dt.date | None  # the last day itself, where the start is a date
    changed_at: dt.datetime  # when it was told, not when the file is made: an unchanged file stays the same
    place: str = ""
    url: str = ""
    sequence: int = 0
    is_cancelled: bool = False


# How often a program is asked to look again.
LOOK_AGAIN = dt.timedelta(hours=1)


def render_calendar(name: str, dates: Iterable[CalendarDate]) -> str:
    """Return the text of a calendar with this name, to subscribe to (RFC 5545 and 7986)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Medskapande dialog//SV")
    calendar.add("version", "2.0")
    for label in ("name", "x-wr-calname"):
        calendar.add(label, name)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for date in sorted(dates, key=lambda date: date.uid):
        calendar.add_component(_date(date))
    return str(calendar.to_ical(), "utf-8")


def _date(date: CalendarDate) -> Event:
    event = Event()
    event.add("uid", date.uid)
    event.add("sequence", date.sequence)
    event.add("dtstamp", date.changed_at.astimezone(dt.UTC))
    event.add("summary", date.summary)
    event.add("dtstart", _moment(date.start))
    if isinstance(date.start, dt.datetime):
        if date.end:
            event.add("dtend", _moment(date.end))
    else:
        event.add("dtend", (date.end or date.start) + dt.timedelta(days=1))  # the first day after it
        event.add("transp", "TRANSPARENT")  # nobody is busy all day by it
    for name, value in (("location", date.place), ("url", date.url)):
        if value:
            event.add(name, value)
    event.add("status", "CANCELLED" if date.is_cancelled else "CONFIRMED")
    return event


def render_calendar_file(entry: CalendarEntry, method: str) -> str:
    """Return the text of the file. Times are in UTC; calendars convert them to local time."""
    file = Calendar()
    file.add("prodid", "-//Medskapande dialog//SV")
    file.add("version", "2.0")
    file.add("method", method)
    file.add_component(_event(entry, method))
    return str(file.to_ical(), "utf-8")


def _event(entry: CalendarEntry, method: str) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.written_at.astimezone(dt.UTC))
    event.add("summary", entry.summary)
    event.add("dtstart", _moment(entry.start))
    if entry.end:
        event.add("dtend", _moment(entry.end))
    for name, value in (("location", entry.place), ("description", entry.text), ("url", entry.url)):
        if value:
            event.add(name, value)
    event.add("organizer", _organizer(entry))
    if entry.attendee:
        event.add("attendee", _attendee(entry))
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    return event


def _moment(when: dt.datetime | dt.date) -> dt.datetime | dt.date:
    return when.astimezone(dt.UTC) if isinstance(when, dt.datetime) else when


def _organizer(entry: CalendarEntry) -> vCalAddress:
    address = vCalAddress(f"mailto:{entry.sender_email}")
    address.params["cn"] = vText(entry.sender)
    return address


def _attendee(entry: CalendarEntry) -> vCalAddress:
    address = vCalAddress(f"mailto:{entry.attendee}")
    about = {"cutype": "INDIVIDUAL", "role": "REQ-PARTICIPANT", "partstat": entry.partstat, "rsvp": "TRUE"}
    address.params.update({name: vText(value) for name, value in about.items()})
    return address
