"""A meeting as a calendar file: the whole text, line by line."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from dialogue.rules.calendar_file import CANCEL, REQUEST, CalendarEntry, render_calendar_file

SWEDEN = ZoneInfo("Europe/Stockholm")
MEETING = CalendarEntry(
    uid="mote-7@ostberga.example",
    sequence=2,
    summary="Ljus på stråket",
    start=dt.datetime(2026, 12, 1, 18, 0, tzinfo=SWEDEN),
    end=dt.datetime(2026, 12, 1, 19, 30, tzinfo=SWEDEN),
    place="Biblioteket",
    text="Vi talar om lamporna.",
    url="http://localhost/mitt/mote/7/",
    sender="Samverkan Östberga",
    sender_email="svar@ostberga.example",
    written_at=dt.datetime(2026, 11, 25, 10, 0, tzinfo=SWEDEN),
)


def lines(entry, method):
    return render_calendar_file(entry, method).split("\r\n")


def test_a_call_tells_when_where_and_who_asks_in_utc():
    assert lines(MEETING, REQUEST) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Medskapande dialog//SV",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "SUMMARY:Ljus på stråket",
        "DTSTART:20261201T170000Z",
        "DTEND:20261201T183000Z",
        "DTSTAMP:20261125T090000Z",
        "UID:mote-7@ostberga.example",
        "SEQUENCE:2",
        "DESCRIPTION:Vi talar om lamporna.",
        "LOCATION:Biblioteket",
        'ORGANIZER;CN="Samverkan Östberga":mailto:svar@ostberga.example',
        "STATUS:CONFIRMED",
        "URL:http://localhost/mitt/mote/7/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_cancelled_meeting_says_so():
    cancelled = lines(MEETING, CANCEL)

    assert "METHOD:CANCEL" in cancelled
    assert "STATUS:CANCELLED" in cancelled


def test_what_is_not_known_is_left_out_and_a_day_is_a_day():
    bare = lines(replace(MEETING, start=dt.date(2026, 12, 1), end=None, place="", text="", url=""), REQUEST)

    assert "DTSTART;VALUE=DATE:20261201" in bare
    assert [line for line in bare if line.startswith(("DTEND", "LOCATION", "DESCRIPTION", "URL"))] == []
