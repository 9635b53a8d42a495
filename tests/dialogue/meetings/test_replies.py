"""Whether people come to a meeting: by the link in the letter, and by what their calendars send to the mailbox."""

import datetime as dt
import re

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone

from actors.letters import mailbox as reader
from actors.models import Letter
from dialogue import tasks
from dialogue.groups import seating
from dialogue.groups.meeting_calls import calendar_uid
from dialogue.meetings import calling
from dialogue.meetings.agenda import Point
from dialogue.meetings.replies import replying
from dialogue.models import Meeting, MeetingCall
from tests import factories as make
from tests.dialogue.meetings.calendar_programs import PROGRAMS, apple, google, outlook
from tests.faults.imap_server import mailbox

pytestmark = pytest.mark.django_db

SAMIRA, TOVA = "samira@example.se", "trafik@ostberga.example"


@pytest.fixture(autouse=True)
def mailbox_is_read(settings):
    settings.MAILBOX_URL, settings.EMAIL_RETURN = "imap://svar:x@localhost/", "Dialogen <svar@ostberga.example>"


def plan(group, ake):
    in_a_week = timezone.localdate() + dt.timedelta(days=7)
    return calling.plan(group=group, on=in_a_week, starts_at=dt.time(18), points=[Point("Ljus")], by=ake)


def move(meeting, ake):
    day_after = meeting.on + dt.timedelta(days=1)
    calling.move(meeting=meeting, on=day_after, starts_at=dt.time(17), ends_at=dt.time(19), place="Biblioteket", by=ake)


@pytest.fixture
def called(ready, ake, tova, trafikkontoret):
    """Samira is invited and Tova has an account; both are called."""
    group = make.group(ready.dialogue, ake, ready, roles=("elected",))
    seating.add_seat(group=group, role="resident", email=SAMIRA, name="Samira", by=ake)
    seating.add_seat(group=group, role="official", organisation=trafikkontoret, user=tova, by=ake)
    meeting = plan(group, ake)
    calling.call(meeting=meeting, by=ake)
    return meeting


@pytest.fixture
def read(settings):
    """Read a mailbox with these messages. Returns what is left in it."""

    def act(*messages):
        with mailbox(*messages) as box:
            settings.MAILBOX_URL = f"imap://svar:hemligt@localhost:{box.port}/INBOX"
            reader.read()
            return box.messages

    return act


def letter_to(address=SAMIRA, kind="meeting-called"):
    return Letter.objects.filter(to=address, kind=kind).latest("written_at")


def link_of(address=SAMIRA):
    return re.findall(r"http\S+(/motessvar/[\w-]+/)", letter_to(address).text)[0]


def said(meeting, address=SAMIRA):
    return meeting.calls.at(address).get().coming


def stamp(moment):
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


@pytest.mark.parametrize("send", PROGRAMS)
@pytest.mark.parametrize(("partstat", "meant"), [("ACCEPTED", "yes"), ("DECLINED", "no"), ("TENTATIVE", "maybe")])
def test_a_calendars_reply_is_taken_in_from_each_program(called, read, send, partstat, meant):
    left = read(send(calendar_uid(called), SAMIRA, partstat))

    assert (left, said(called), said(called, TOVA)) == ([], meant, "")


def test_what_is_forged_or_about_something_else_changes_nothing(called, ake, read):
    other = plan(called.group, ake)
    uid, host = calendar_uid(called), "localhost"
    forged = [
        outlook(uid, "stranger@example.se"),
        google(f"mote-{called.pk}@{host}", SAMIRA),  # the number alone can be guessed
        google(calendar_uid(other), SAMIRA),  # nobody was called to that one
        apple(f"mote-999999-x@{host}", SAMIRA),
        outlook(uid, SAMIRA).replace(b"METHOD:REPLY", b"METHOD:COUNTER"),
        outlook(uid, SAMIRA, "DELEGATED"),
        google(uid, SAMIRA).replace(b"text/calendar", b"text/plain").replace(b"application/ics", b"text/plain"),
    ]

    assert read(*forged) == forged
    assert {call.coming for call in MeetingCall.objects.all()} == {""}


@pytest.mark.parametrize("nonsense", [
    b"BEGIN:VCALENDAR\r\nMETHOD:REPLY", b"\xff\xfe\x00", b"", b"METHOD:REPLY",
    b"BEGIN:VEVENT\r\nSEQUENCE:x",
])  # fmt: skip
def test_a_broken_file_stops_nothing_behind_it(called, read, nonsense):
    broken = b"Content-Type: text/calendar; charset=klingon; method=REPLY\r\n\r\n" + nonsense
    left = read(broken, broken.replace(b"klingon", b"utf-8"), outlook(calendar_uid(called), SAMIRA))

    assert (len(left), said(called)) == (2, "yes")


def test_a_reply_with_words_counts_and_is_left_for_people(called, read):
    written = outlook(calendar_uid(called), SAMIRA, comment="Jag blir en kvart sen")

    assert (read(written), said(called)) == ([written], "yes")


def test_an_earlier_reply_that_arrives_late_does_not_undo_a_later_one(called, read, browse):
    sent = stamp(timezone.now() - dt.timedelta(minutes=20))
    browse().post(link_of(), {"svar": "no", "kallelse": 0})
    read(google(calendar_uid(called), SAMIRA, stamp=sent))

    assert said(called) == "no"


def test_a_fast_clock_does_not_shut_out_what_is_said_later(called, read, browse):
    read(google(calendar_uid(called), SAMIRA, stamp=stamp(timezone.now() + dt.timedelta(days=2))))
    assert said(called) == "yes"

    browse().post(link_of(), {"svar": "no", "kallelse": 0})
    assert said(called) == "no"


def test_a_move_asks_anew_and_the_old_invitations_reply_does_not_count(called, ake, read, browse):
    browse().post(link_of(), {"svar": "yes", "kallelse": 0})
    move(called, ake)
    event = icalendar.Calendar.from_ical(letter_to().calendar).walk("VEVENT")[0]
    assert (said(called), event["ATTENDEE"].params["PARTSTAT"], event["SEQUENCE"]) == ("", "NEEDS-ACTION", 1)

    read(outlook(calendar_uid(called), SAMIRA, sequence=0, stamp=stamp(timezone.now())))
    page = browse().post(link_of(), {"svar": "yes", "kallelse": 0})
    assert (said(called), page.status_code, "Mötet har ändrats" in page.text) == ("", 409, True)

    read(outlook(calendar_uid(called), SAMIRA, sequence=1, stamp=stamp(timezone.now())))
    assert said(called) == "yes"


def test_a_new_agenda_keeps_the_replies_also_in_the_calendar(called, ake, browse):
    browse().post(link_of(), {"svar": "maybe", "kallelse": 0})
    calling.call(meeting=called, by=ake)
    event = icalendar.Calendar.from_ical(letter_to().calendar).walk("VEVENT")[0]

    assert (said(called), event["ATTENDEE"].params["PARTSTAT"]) == ("maybe", "TENTATIVE")


def test_calendars_reply_to_the_mailbox_and_only_their_own_reader_is_asked(called):
    file = icalendar.Calendar.from_ical(letter_to().calendar)
    event = file.walk("VEVENT")[0]
    asked = event["ATTENDEE"]

    assert (file["METHOD"], event["ORGANIZER"], asked) == (
        "REQUEST", "mailto:svar@ostberga.example", f"mailto:{SAMIRA}",
    )  # fmt: skip
    assert (asked.params["RSVP"], asked.params["PARTSTAT"]) == ("TRUE", "NEEDS-ACTION")


def test_without_a_mailbox_the_file_only_tells_and_the_link_is_there(called, ake, settings):
    settings.MAILBOX_URL = ""
    calling.call(meeting=called, by=ake)
    file = icalendar.Calendar.from_ical(letter_to().calendar)
    contact = called.group.dialogue.collaboration.contact_email

    assert (file["METHOD"], "ATTENDEE" in letter_to().calendar) == ("PUBLISH", False)
    assert file.walk("VEVENT")[0]["ORGANIZER"] == f"mailto:{contact}"
    assert link_of()
    calling.cancel(meeting=called, reason="Snö.", by=ake)
    assert "METHOD:CANCEL" in letter_to(kind="meeting-cancelled").calendar


def test_she_replies_by_the_link_and_changes_her_mind(called, browse):
    phone = browse()
    opened = phone.get(link_of())
    assert (opened.status_code, said(called)) == (200, "")  # mail programs open links too

    thanks = phone.post(link_of(), {"svar": "yes", "kallelse": 0}, follow=True)
    assert ("Ditt svar är sparat: kommer." in thanks.text, said(called)) == (True, "yes")
    phone.post(link_of(), {"svar": "no", "kallelse": 0})
    assert (said(called), said(called, TOVA)) == ("no", "")


@pytest.mark.parametrize(("language", "words"), [
    ("en", "Are you coming to the meeting?"), ("so", "Ma imanaysaa shirka?"), ("ar", "هل ستحضر الاجتماع؟"),
])  # fmt: skip
def test_the_page_is_in_her_language(called, browse, language, words):
    assert words in browse().get(f"/{language}{link_of()}").text


@pytest.mark.parametrize("change", [
    {"begun_at": timezone.now()}, {"on": timezone.localdate() - dt.timedelta(days=1)},
])  # fmt: skip
def test_when_the_meeting_has_been_nothing_can_be_changed(called, browse, read, change):
    Meeting.objects.filter(pk=called.pk).update(**change)
    page = browse().post(link_of(), {"svar": "yes", "kallelse": 0})
    read(google(calendar_uid(called), SAMIRA))

    assert (page.status_code, said(called)) == (404, "")
    assert browse().get("/motessvar/nagot-annat/").status_code == 404


def test_a_cancelled_meeting_says_so_and_takes_no_reply(called, ake, browse):
    calling.cancel(meeting=called, reason="Lokalen är stängd.", by=ake)
    page = browse().post(link_of(), {"svar": "yes", "kallelse": 1})

    assert ("Lokalen är stängd." in page.text, "Ja, jag kommer" in page.text, said(called)) == (True, False, "")


def test_who_left_her_seat_has_no_link_and_a_new_address_has_its_own(called, ake, browse, read):
    link, seat = link_of(), called.group.seats.get(role="resident")
    seat.invitation.email = "ny@example.se"
    seat.invitation.save()
    calling.call(meeting=called, by=ake)
    assert (browse().get(link).status_code, browse().get(link_of("ny@example.se")).status_code) == (404, 200)

    seating.leave_seat(seat=seat, on=timezone.localdate(), by=ake, reason="Flyttar")
    assert browse().get(link_of("ny@example.se")).status_code == 404
    assert len(read(outlook(calendar_uid(called), SAMIRA), outlook(calendar_uid(called), "ny@example.se"))) == 2


def test_the_coordinator_sees_which_seat_comes(called, ake, browse):
    browse().post(link_of(), {"svar": "maybe", "kallelse": 0})
    page = " ".join(browse(ake).get(reverse("my-meeting", args=[called.pk])).text.split())

    assert "<dt>Boende 1</dt> <dd>kanske</dd>" in page
    assert re.search(r"<dt>Tjänsteperson 1, [^<]+</dt> <dd>har inte svarat</dd>", page)
    assert ("Samira" in page, SAMIRA in page) == (False, False)


def test_the_coordinator_sees_which_seats_no_call_has_reached(called, ake, tova, browse):
    unreached = ["Förtroendevald 1", "Förtroendevald 2"]  # the first has been there, without an address
    seating.add_seat(group=called.group, role="elected", by=ake)
    there = reverse("my-meeting", args=[called.pk])
    page = " ".join(browse(ake).get(there).text.split())

    assert re.findall(r"<dt>([^<]+)</dt> <dd>har inte fått någon kallelse</dd>", page) == unreached
    assert "fått någon kallelse" not in browse(tova).get(there).text


def test_the_group_sees_numbers_and_only_when_three_have_replied(called, ake, tova, browse):
    for name in ("a", "b"):
        seating.add_seat(group=called.group, role="resident", email=f"{name}@example.se", name=name, by=ake)
    there, phone = reverse("my-meeting", args=[called.pk]), browse()
    for address, reply in ((SAMIRA, "yes"), ("a@example.se", "no")):
        phone.post(link_of(address), {"svar": reply, "kallelse": 0})
    few = browse(tova).get(there).text
    phone.post(link_of("b@example.se"), {"svar": "yes", "kallelse": 0})
    enough = browse(tova).get(there).text

    assert ("visas när minst 3 har svarat" in few, "<li>1 kommer" in few) == (True, False)
    assert re.findall(r"<li>(\d \w[\w ]+)</li>", enough) == [
        "2 kommer",
        "1 kommer inte",
        "0 kanske",
        "1 har inte svarat",
    ]
    assert [f"<dt>{label}" in few + enough for label in ("Boende", "Tjänsteperson")] == [False, False]


def test_a_month_after_the_meeting_who_was_called_is_forgotten(called):
    on = timezone.localdate() - dt.timedelta(days=30)
    Meeting.objects.filter(pk=called.pk).update(on=on)
    replying.forget_old()
    assert called.calls.count() == 2

    Meeting.objects.filter(pk=called.pk).update(on=on - dt.timedelta(days=1))
    tasks.every_day()
    assert called.calls.count() == 0
