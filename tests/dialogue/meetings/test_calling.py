"""Calls to a meeting: letters and calendar files when it is called, moved and cancelled, and who may call."""

import datetime as dt
from typing import Any

import icalendar
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from actors.letters import sending
from actors.models import Letter
from dialogue.groups import seating
from dialogue.groups.meeting_calls import calendar_uid
from dialogue.meetings import calling
from dialogue.meetings.agenda import Point
from dialogue.models import Meeting
from ostberga.lib.refusal import Refusal
from tests import factories as make

TODAY = timezone.localdate()
NEXT_WEEK = TODAY + dt.timedelta(days=7)
SAMIRA = "samira@example.se"


@pytest.fixture(autouse=True)
def mailbox_is_read(settings):
    settings.MAILBOX_URL, settings.EMAIL_RETURN = "imap://svar:x@localhost/", "Dialogen <svar@ostberga.example>"


@pytest.fixture
def group(ready, ake, tova, trafikkontoret):
    """Boende 2 is invited, Tova has an account, the others have no address."""
    group = make.group(ready.dialogue, ake, ready, roles=("resident", "elected"))
    seating.add_seat(group=group, role="resident", email=SAMIRA, name="Samira", by=ake)
    seating.add_seat(group=group, role="official", organisation=trafikkontoret, user=tova, by=ake)
    Letter.objects.all().delete()
    return group


@pytest.fixture
def planned(group, ake):
    times: dict[str, Any] = {
        "starts_at": dt.time(18),
        "ends_at": dt.time(20),
        "place": "Träffpunkten, rum 2; en trappa upp",
    }
    return calling.plan(group=group, on=NEXT_WEEK, by=ake, points=[Point("Gå stråket, alla"), Point("Fika")], **times)


@pytest.fixture
def called(planned, ake):
    calling.call(meeting=planned, by=ake)
    return planned


def test_a_place_without_a_time_has_no_comma_before_it(group, ake, browse):
    meeting = calling.plan(group=group, on=NEXT_WEEK, by=ake, place="Träffpunkten")
    page = browse(ake).get(reverse("meeting-call", args=[meeting.pk])).text

    assert (", Träffpunkten" in page, "Träffpunkten" in page) == (False, True)


def event_in(letter):
    """The calendar file as a calendar reads it."""
    file = icalendar.Calendar.from_ical(letter.calendar)
    return file, file.walk("VEVENT")[0]


def inline_types(email):
    """The types of the parts that a mail program chooses from to show the letter."""
    whole = next(part for part in email.message().walk() if part.get_content_type() == "multipart/alternative")
    return [part.get_content_type() for part in whole.get_payload()]


def latest(kind="meeting-called", to=SAMIRA):
    return Letter.objects.filter(kind=kind, to=to).latest("written_at")


def test_everybody_with_an_address_gets_the_call_with_the_agenda(called):
    letters = Letter.objects.filter(kind="meeting-called")

    assert sorted(letters.values_list("to", flat=True)) == [SAMIRA, "trafik@ostberga.example"]
    assert all("1. Gå stråket, alla\n2. Fika" in letter.text for letter in letters)
    assert all("Tid: 18.00–20.00\nPlats: Träffpunkten, rum 2; en trappa upp" in letter.text for letter in letters)


def test_who_has_not_taken_the_invitation_is_told_how(called):
    assert "använd länken i brevet med inbjudan" in latest().text
    assert "använd länken" not in latest(to="trafik@ostberga.example").text


def test_the_calendar_understands_when_and_where(called):
    file, event = event_in(latest())
    at_six = dt.datetime.combine(NEXT_WEEK, dt.time(18), timezone.get_current_timezone())

    assert (file["METHOD"], event["SEQUENCE"], event["STATUS"]) == ("REQUEST", 0, "CONFIRMED")
    assert event["UID"].startswith(f"mote-{called.pk}-")
    assert (event.start, event.end - event.start) == (at_six, dt.timedelta(hours=2))
    assert event["LOCATION"] == "Träffpunkten, rum 2; en trappa upp"


def test_the_file_names_nobody_but_its_reader(called):
    for letter in Letter.objects.filter(kind="meeting-called"):
        _, event = event_in(letter)
        assert str(event["ATTENDEE"]) == f"mailto:{letter.to}"
        assert {address in letter.calendar for address in (SAMIRA, "trafik@") if address not in letter.to} == {False}


def test_a_moved_meeting_moves_in_the_calendars(called, ake):
    later: dict[str, Any] = {"on": NEXT_WEEK + dt.timedelta(days=1), "starts_at": dt.time(17), "ends_at": dt.time(19)}
    sent = calling.move(meeting=called, place="Biblioteket", by=ake, **later)
    file, event = event_in(latest())

    assert (sent, file["METHOD"], event["SEQUENCE"], event["LOCATION"]) == (2, "REQUEST", 1, "Biblioteket")
    assert "Ny kallelse" in latest().subject
    assert event["UID"].startswith(f"mote-{called.pk}-")


def test_what_did_not_move_sends_no_letter(called, ake):
    same = {name: getattr(called, name) for name in ("on", "starts_at", "ends_at", "place")}

    assert calling.move(meeting=called, by=ake, **same) == 0
    assert Letter.objects.count() == 2


def test_a_meeting_is_called_off_with_a_reason(called, ake, browse):
    there = reverse("meeting-cancel", args=[called.pk])
    silent = browse(ake).post(there, {"reason": ""})
    browse(ake).post(there, {"reason": "Lokalen är stängd."})
    file, event = event_in(latest("meeting-cancelled"))

    assert silent.status_code == 422
    assert "Skälet: Lokalen är stängd." in latest("meeting-cancelled").text
    assert (file["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_mail_programs_are_told_what_the_file_is_for(called, ake):
    sending.send(str(latest().pk))
    calling.cancel(meeting=called, reason="Snö.", by=ake)
    sending.send(str(latest("meeting-cancelled").pk))
    files = [
        part for email in mail.outbox for part in email.message().walk() if part.get_content_type() == "text/calendar"
    ]

    assert [part.get_param("method") for part in files] == ["REQUEST", "CANCEL"]
    assert [inline_types(email) for email in mail.outbox] == [["text/plain", "text/html", "text/calendar"]] * 2


def test_a_meeting_that_nobody_was_called_to_is_called_off_in_silence(planned, ake):
    calling.cancel(meeting=planned, reason="Fel dag.", by=ake)

    assert Letter.objects.count() == 0


@pytest.mark.parametrize(("change", "code"), [
    ({"cancelled_at": timezone.now(), "cancelled_reason": "Snö."}, "cancelled"),
    ({"begun_at": timezone.now()}, "already_begun"),
    ({"on": TODAY - dt.timedelta(days=1)}, "called_too_late"),
])  # fmt: skip
def test_what_can_not_be_called_is_refused(planned, ake, change, code):
    Meeting.objects.filter(pk=planned.pk).update(**change)

    with pytest.raises(Refusal) as no:
        calling.call(meeting=planned, by=ake)
    assert (no.value.code, Letter.objects.count()) == (code, 0)


def test_an_empty_agenda_calls_nobody(group, ake):
    with pytest.raises(Refusal) as no:
        calling.call(meeting=calling.plan(group=group, on=NEXT_WEEK, by=ake), by=ake)
    assert no.value.code == "empty_agenda"


def test_who_has_no_address_is_named_by_her_seat(planned, ake, browse):
    page = browse(ake).get(reverse("meeting-call", args=[planned.pk])).text

    assert "Den går till <strong>2</strong>" in page
    assert "säg till dem själv: Förtroendevald 1; Boende 1." in page


def test_meetings_of_long_ago_send_no_letters(group, ake):
    then = timezone.localtime() - dt.timedelta(days=3000)
    day = timezone.localdate(then)
    group.seats.update(since=day)
    old = calling.plan(group=group, on=day, by=ake, points=[Point("Ljus")], at=then)
    calling.call(meeting=old, by=ake, at=then)
    old.refresh_from_db()

    assert (old.invited_at, Letter.objects.count()) == (then, 0)
    assert [event.kind for event in group.events.filter(at=then)] == ["called", "planned"]


def test_the_chair_plans_and_calls_and_another_member_does_not(group, tova, ake, browse):
    seating.appoint_chair(group=group, chair=group.seats.get(user=tova), by=ake)
    polly = make.user("polly@example.se")
    seating.add_seat(group=group, role="elected", user=polly, by=ake)
    typed = {"on": NEXT_WEEK, "starts_at": "18:00", "ends_at": "20:00", "place": "Här", "own": "Ljus"}
    there = reverse("meeting-plan", args=[group.pk])
    codes = [browse(user).post(there, typed).status_code for user in (tova, polly)]
    sent = browse(tova).post(reverse("meeting-send", args=[Meeting.objects.get().pk]), follow=True)

    assert codes == [302, 404]
    assert "Kallelsen är skriven till 3 i gruppen" in sent.text


def test_the_file_can_be_fetched_by_who_has_a_seat(called, tova, stranger, browse):
    there = reverse("meeting-calendar", args=[called.pk])
    page = browse(tova).get(there)

    assert page.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert page.text.splitlines()[3] == "METHOD:PUBLISH"
    assert browse(stranger).get(there).status_code == 404


def test_a_seat_that_comes_after_the_call_is_called_too(called, group, ake):
    seating.add_seat(group=group, role="resident", email="ny@example.se", name="Ny", by=ake)

    letter = latest(to="ny@example.se")

    assert Letter.objects.filter(kind="meeting-called", to=SAMIRA).count() == 1
    file, event = event_in(letter)
    assert (str(file["METHOD"]), event.decoded("DTSTART").date()) == ("REQUEST", NEXT_WEEK)


def test_a_seat_that_is_left_is_called_no_longer(called, group, ake, tova):
    seating.leave_seat(seat=group.seats.get(number=2, role="resident"), on=TODAY, by=ake, reason="Flyttar")

    letter = latest("meeting-released")
    file, event = event_in(letter)

    assert (str(file["METHOD"]), str(event["UID"])) == ("CANCEL", calendar_uid(called))
    assert "Mötet hålls ändå" in letter.text
    assert not Letter.objects.filter(kind="meeting-released").exclude(to=SAMIRA).exists()


def test_until_its_last_day_it_is(called, group, ake):
    seating.leave_seat(seat=group.seats.get(number=2, role="resident"), on=NEXT_WEEK, by=ake, reason="Flyttar")

    assert not Letter.objects.filter(kind="meeting-released").exists()
