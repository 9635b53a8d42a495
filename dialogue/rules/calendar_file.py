"""A meeting as a file that calendars understand (iCalendar, RFC 5545). Pure: no database, no clock."""

import datetime as dt
from dataclasses import dataclass

from icalendar import Calendar, Event, vCalAddress, vText

# Who asks to come, who tells that it is off, and what somebody fetches for her own calendar.
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


@dataclass(frozen=True)
class CalendarEntry:
    """What a calendar needs to know. It names nobody: the call is the same for everybody who gets it."""

    uid: str  # the same each time, so that a new call moves the old entry instead of standing beside it
    sequence: int
    summary: str
    start: dt.datetime | dt.date  # with its zone; a day alone when nobody has said the time
    end: dt.datetime | None
    place: str
    text: str
    url: str
    sender: str  # whose name stands for the call
    sender_email: str
    written_at: dt.datetime


def render_calendar_file(entry: CalendarEntry, method: str) -> str:
    """The file's text. Times are in UTC, which every calendar turns into its reader's own."""
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
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    return event


def _moment(when: dt.datetime | dt.date) -> dt.datetime | dt.date:
    return when.astimezone(dt.UTC) if isinstance(when, dt.datetime) else when


def _organizer(entry: CalendarEntry) -> vCalAddress:
    address = vCalAddress(f"mailto:{entry.sender_email}")
    address.params["cn"] = vText(entry.sender)
    return address
