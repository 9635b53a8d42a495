"""What a calendar program sends back to an invitation (RFC 5546, METHOD:REPLY). Pure: no database, no clock."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from itertools import islice
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Component

# Google sends the reply as an attachment too, under the other name.
CALENDAR_TYPES = frozenset(["text/calendar", "application/ics"])
# A reply is one event in some hundred bytes, sent once or twice. Anybody can send more; so much of it is looked at.
MOST_FILES, MOST_CHARACTERS, MOST_EVENTS = 3, 50_000, 3


class Coming(models.TextChoices):
    """Whether somebody who is called comes to the meeting."""

    YES = "yes", _("kommer")
    NO = "no", _("kommer inte")
    MAYBE = "maybe", _("kanske")


PARTSTAT = {Coming.YES: "ACCEPTED", Coming.NO: "DECLINED", Coming.MAYBE: "TENTATIVE"}
_COMING = {written: coming for coming, written in PARTSTAT.items()}


@dataclass(frozen=True)
class CalendarReply:
    """What one attendee says of one entry."""

    uid: str
    attendee: str  # address in lower case
    coming: Coming
    sequence: int  # of the invitation that was answered
    written_at: dt.datetime | None  # aware; by the sender's clock
    has_words: bool  # the attendee has also written something, which only people can read


def replies_in(message: Message) -> list[CalendarReply]:
    """Return the replies in a message, each once; none if it is another message, too long, or cannot be read."""
    parts = (part for part in message.walk() if part.get_content_type() in CALENDAR_TYPES)
    return list(dict.fromkeys(reply for part in islice(parts, MOST_FILES) for reply in _in_part(part)))


def _in_part(part: Message) -> Iterator[CalendarReply]:
    payload: Any = part.get_payload(decode=True) or b""
    try:
        text = payload.decode(part.get_content_charset("utf-8"), "replace").removeprefix("\ufeff")
        if len(text) > MOST_CHARACTERS:
            return
        file = Calendar.from_ical(text)
        if str(file.get("METHOD", "")).upper() == "REPLY":
            yield from filter(None, map(_reply, file.walk("VEVENT")[:MOST_EVENTS]))
    except (ValueError, LookupError):  # no calendar file, or an unknown charset
        return


def _reply(event: Component) -> CalendarReply | None:
    """Return the reply in an event; None without exactly one attendee, or when it says neither yes, no nor maybe."""
    attendee: Any = event.get("ATTENDEE")
    if attendee is None or isinstance(attendee, list):
        return None
    coming = _COMING.get(str(attendee.params.get("PARTSTAT", "")).upper())
    if coming is None:
        return None
    written_at: Any = event.decoded("DTSTAMP", None)
    return CalendarReply(
        uid=str(event.get("UID", "")),
        attendee=_address(attendee),
        coming=coming,
        sequence=int(event.get("SEQUENCE", 0)),
        written_at=written_at if isinstance(written_at, dt.datetime) and written_at.tzinfo else None,
        has_words=bool(str(event.get("COMMENT", "")).strip()),
    )


def _address(attendee: Any) -> str:
    """Return the attendee's address. Apple's servers write a path, and the address as a parameter."""
    scheme, _colon, address = str(attendee).partition(":")
    written = address if scheme.lower() == "mailto" else str(attendee.params.get("EMAIL", ""))
    return written.strip().lower()
