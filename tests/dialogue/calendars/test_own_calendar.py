"""A person's own calendar at a secret address: what it holds, and who can read it."""

import datetime as dt
import re

import icalendar
import pytest
from django.utils import timezone

from actors.models import Affiliation, Letter, SecurityEvent
from actors.people.sessions import end_sessions
from dialogue.groups import seating
from dialogue.meetings import calling
from dialogue.meetings.agenda import Point
from dialogue.models import CalendarFeed, MinuteItem, ProcessStep, Seat
from dialogue.rules.activities import Reply
from tests import factories as make
from tests.actors.sent_forms.test_words_come_back import with_second_factor

TODAY = timezone.localdate()
SOON = TODAY + dt.timedelta(days=7)
PAGE = "/mitt/kalender/"


@pytest.fixture
def subscribe(browse):
    """A function: the person makes an address and gets its path."""

    def make_address(user):
        browse(user).post(PAGE)
        return f"{PAGE}{CalendarFeed.objects.get(user=user).token}/min.ics"

    return make_address


@pytest.fixture
def group(ready, ake, tova, trafikkontoret):
    group = make.group(ready.dialogue, ake, ready, roles=("resident",))
    seating.add_seat(group=group, role="official", organisation=trafikkontoret, user=tova, by=ake)
    return group


def planned(group, by, on=SOON, **more):
    return calling.plan(group=group, on=on, by=by, points=[Point("Gå stråket")], **more)


def entries(answer):
    """The entries of a calendar by their titles, as a calendar reads them."""
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["summary"]): event for event in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")}


def test_a_meeting_that_she_is_called_to_stands_there_and_a_planned_one_not_yet(group, ake, tova, browse, subscribe):
    meeting = planned(group, ake, starts_at=dt.time(18), ends_at=dt.time(20), place="Träffen")
    hers, coordinators = subscribe(tova), subscribe(ake)
    assert (entries(browse().get(hers)), len(entries(browse().get(coordinators)))) == ({}, 1)

    calling.call(meeting=meeting, by=ake)
    event = entries(browse().get(hers))[f"Möte: {group}"]

    zone = timezone.get_current_timezone()
    assert event["dtstart"].dt == dt.datetime.combine(SOON, dt.time(18), zone)
    assert (event["location"], event["status"]) == ("Träffen", "CONFIRMED")
    assert ("attendee" in event, "organizer" in event, "description" in event) == (False, False, False)


def test_a_cancelled_meeting_is_crossed_out(group, ake, tova, browse, subscribe):
    meeting = planned(group, ake)
    calling.call(meeting=meeting, by=ake)
    calling.cancel(meeting=meeting, by=ake, reason="Sjukdom")

    assert entries(browse().get(subscribe(tova)))[f"Möte: {group}"]["status"] == "CANCELLED"


def test_days_to_answer_by_stand_there_for_those_who_are_asked(ready, ake, tova, browse, subscribe):
    trafikkontoret = tova.affiliations.get().organisation
    asked = make.decision(ready, ake, trafikkontoret)
    asked.parts.update(due_on=SOON, meets_on=SOON)
    planned = make.activity(ready, ake, asked)
    make.commitment(planned, trafikkontoret, ake, reply=Reply.ASKED, due_on=SOON)
    path = subscribe(tova)

    days = entries(browse().get(path))
    titles = {f"Svara senast: {asked}", f"Trafikkontoret: {asked}", f"Svara senast: {planned}"}
    assert set(days) == titles
    event = days[f"Svara senast: {asked}"]
    assert (event["dtstart"].dt, event["dtend"].dt, event["transp"]) == (
        SOON,
        SOON + dt.timedelta(days=1),
        "TRANSPARENT",
    )

    Affiliation.objects.update(since=TODAY - dt.timedelta(days=9), until=TODAY - dt.timedelta(days=1))
    assert entries(browse().get(path)) == {}


def test_what_she_took_on_stands_there_and_what_others_did_does_not(group, ake, tova, browse, subscribe):
    meeting = make.meeting(group, ake, approved_on=None)
    for seat, text in (
        (Seat.objects.get(user=tova), "Ringa Ellevio"),
        (group.seats.get(role="resident"), "Fråga Ulla"),
    ):
        MinuteItem.objects.create(
            meeting=meeting, kind="promise", text=text, owner=seat, due_on=SOON, edited_by=ake, position=1
        )

    titles = set(entries(browse().get(subscribe(tova))))
    assert "Gör senast: Ringa Ellevio" in titles
    assert "Fråga Ulla" not in " ".join(titles)


def test_the_steps_of_her_dialogues_stand_there_and_not_those_of_others(talk, tova, stranger, browse, subscribe):
    ProcessStep.objects.create(dialogue=talk, stage=make.stage(talk, 1), start=TODAY, end=SOON, precision="day")

    (event,) = entries(browse().get(subscribe(tova))).values()
    assert (event["dtstart"].dt, event["dtend"].dt) == (TODAY, SOON + dt.timedelta(days=1))
    assert entries(browse().get(subscribe(stranger))) == {}


def test_a_calendar_that_has_not_changed_is_not_sent_again(group, ake, tova, browse, subscribe):
    path = subscribe(tova)
    first = browse().get(path)
    assert browse().get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["X-Robots-Tag"] == "noindex, nofollow"

    calling.call(meeting=planned(group, ake), by=ake)
    assert browse().get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_address_is_a_secret_that_is_not_stored_and_can_be_changed_and_ended(tova, browse, subscribe):
    browser, first = browse(tova), subscribe(tova)
    assert first in browser.get(PAGE).text
    assert CalendarFeed.objects.get().token not in str(CalendarFeed.objects.values().get())

    second = subscribe(tova)
    assert (browse().get(first).status_code, browse().get(second).status_code) == (404, 200)
    browser.post(f"{PAGE}avsluta/")

    assert (browse().get(second).status_code, CalendarFeed.objects.count()) == (404, 0)
    assert browse().post(second).status_code == 405
    assert SecurityEvent.objects.filter(who=tova, kind="exported", object_key="my-calendar").count() == 2


def test_it_ends_with_the_account(tova, browse, subscribe):
    path = subscribe(tova)
    tova.is_active = False
    tova.save()
    assert browse().get(path).status_code == 404


def test_its_owner_is_told_of_it_and_ends_it_by_the_link_in_the_letter(tova, browse, subscribe):
    path = subscribe(tova)

    letter = Letter.objects.get(to=tova.email)
    assert "gjorde en adress till din kalender" in letter.subject
    assert "utan att logga in" in letter.text
    (link,) = re.findall(r"/konto/stoppa/\S+/", letter.text)
    assert browse().post(link).status_code < 400

    assert (browse().get(path).status_code, CalendarFeed.objects.count()) == (404, 0)


def test_whoever_finds_her_session_open_must_show_that_she_is_there(tova, browse):
    browser = browse()
    with_second_factor(browser, tova, at=0)

    assert browser.get(PAGE).status_code == 200
    assert "/konto/reauthenticate/" in browser.post(PAGE).headers["Location"]
    assert not CalendarFeed.objects.exists()


def test_it_ends_with_all_other_sessions_and_not_with_one(tova, browse, subscribe):
    path = subscribe(tova)

    end_sessions(tova, only=0)
    assert browse().get(path).status_code == 200
    browse(tova).post("/konto/sessions/")
    assert browse().get(path).status_code == 404


def test_more_to_tell_costs_no_more_queries(group, ake, browse, subscribe, count_queries):
    path = subscribe(ake)
    calling.call(meeting=planned(group, ake), by=ake)
    few = count_queries(lambda: browse().get(path))
    for days in range(1, 4):
        calling.call(meeting=planned(group, ake, on=SOON + dt.timedelta(days=days)), by=ake)
    assert count_queries(lambda: browse().get(path)) == few
