"""Tova leaves Trafikkontoret: what she has there is listed first, and handed over or ended in the same act."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Letter
from dialogue.decisions import passing_on
from dialogue.groups import seating
from dialogue.leaving import people
from dialogue.meetings import calling, promises
from dialogue.meetings.agenda import Point
from dialogue.models import MinuteItem, Seat
from ostberga.lib.refusal import Refusal
from tests import factories as make
from tests.dialogue.promises import make_promise

TODAY = timezone.localdate()
NEXT_WEEK = TODAY + dt.timedelta(days=7)


@pytest.fixture
def promise(ready, ake, tova, trafikkontoret):
    """Tova's seat has promised something, leads the meetings and is called to the next one."""
    promise = make_promise(ready, ake)
    group = promise.meeting.group
    seat = seating.add_seat(group=group, role="official", organisation=trafikkontoret, user=tova, by=ake)
    promises.hand_over_promise(item=MinuteItem.objects.get(), to=seat, by=ake)
    seating.appoint_chair(group=group, chair=seat, by=ake)
    calling.call(meeting=calling.plan(group=group, on=NEXT_WEEK, by=ake, points=[Point("Lamporna")]), by=ake)
    return MinuteItem.objects.get()


@pytest.fixture
def asked(ready, ake, tova, trafikkontoret):
    """A question that Tova has taken."""
    part = make.decision(ready, ake, trafikkontoret).parts.get()
    part.held_by = tova
    part.save()
    return part


@pytest.fixture
def colleague(ready, trafikkontoret):
    person = make.official(make.user("kim@ostberga.example", name="Kim"), trafikkontoret).user
    make.mandate(person, trafikkontoret, ready.dialogue.collaboration)
    return person


def address(tova):
    return reverse("coordinate:end-affiliation", args=["ostberga", tova.affiliations.get().pk])


def leave(tova, ake, ostberga, **more):
    place = tova.affiliations.get()
    people.leave_body(affiliation=place, collaboration=ostberga, by=ake, on=TODAY, **more)


def test_all_that_follows_is_told_before(promise, asked, tova, ake, browse):
    page = browse(ake).get(address(tova)).text

    seat = Seat.objects.get(user=tova)
    told = (f"{seat} i {seat.group}", "Räkna lamporna", str(asked.decision), "Kallelser", "Mandat")
    assert [words for words in told if words not in page] == []


def test_a_last_day_at_the_end_of_time_is_refused_beside_its_field(asked, tova, ake, browse):
    page = browse(ake).post(address(tova), {"on": "9999-12-31"})

    assert (page.status_code, "Skriv en dag mellan 1900 och 2100." in page.text) == (422, True)


def test_a_last_day_ahead_is_refused_since_everything_is_handed_over_now(asked, tova, ake, ostberga, browse):
    tomorrow = TODAY + dt.timedelta(days=1)
    page = browse(ake).post(address(tova), {"on": tomorrow})

    assert (page.status_code, "Dagen har inte kommit." in page.text) == (422, True)
    with pytest.raises(Refusal, match="Dagen har inte kommit"):
        people.leave_body(affiliation=tova.affiliations.get(), collaboration=ostberga, by=ake, on=tomorrow)
    assert tova.affiliations.get().until is None


def test_nobody_takes_over_and_everything_ends(promise, asked, tova, ake, browse):
    browse(ake).post(address(tova), {"on": TODAY})

    seat = Seat.objects.get(user=tova)
    asked.refresh_from_db()
    assert (seat.until, seat.group.chair, promise.outcome.became) == (TODAY, None, "dropped")
    assert (asked.held_by, asked.is_open) == (None, True)
    assert {mandate.until for mandate in tova.mandates.all()} == {TODAY}
    assert Letter.objects.filter(kind="meeting-released", to=tova.email).count() == 1
    assert not Seat.objects.filter(user=tova, until=None).exists()


@pytest.mark.usefixtures("promise")
def test_a_colleague_takes_over_seat_promise_question_and_call(asked, colleague, tova, ake, ostberga):
    leave(tova, ake, ostberga, successor=colleague)

    seat = Seat.objects.get(user=colleague)
    asked.refresh_from_db()
    handed = MinuteItem.objects.get()
    assert (seat.since, seat.reason) == (TODAY + dt.timedelta(days=1), f"Efter {Seat.objects.get(user=tova)}.")
    assert (handed.holder, asked.held_by, hasattr(handed, "outcome")) == (seat, colleague, False)
    assert [letter.to for letter in Letter.objects.filter(kind="meeting-called")].count(colleague.email) == 1
    assert colleague.mandates.count() == 1  # her own: Tova's is nobody's


@pytest.mark.usefixtures("promise")
def test_a_colleague_without_a_mandate_gets_no_question(asked, tova, ake, ostberga):
    newcomer = make.official(make.user("ny@ostberga.example"), asked.organisation).user
    leave(tova, ake, ostberga, successor=newcomer)

    asked.refresh_from_db()
    assert asked.held_by is None
    assert not newcomer.mandates.exists()


def test_only_a_colleague_takes_over_and_only_the_coordinator_says_so(promise, tova, ake, ostberga, stranger):
    with pytest.raises(Refusal, match="hör inte till"):
        leave(tova, ake, ostberga, successor=stranger)
    with pytest.raises(Refusal):
        leave(tova, tova, ostberga)
    assert Seat.objects.get(user=tova).until is None


def test_the_locked_minutes_keep_who_promised(promise, colleague, tova, ake, ostberga):
    owner = promise.owner
    leave(tova, ake, ostberga, successor=colleague)

    assert MinuteItem.objects.get().owner == owner


def test_a_question_that_is_answered_meanwhile_stays_as_it_was_answered(ready, ake, tova, trafikkontoret):
    part = make.decision(ready, ake, trafikkontoret, answer="approved").parts.get()
    passing_on.pass_to_colleague(part=part, to=tova, by=ake)

    part.refresh_from_db()
    assert (part.held_by, part.decision.events.filter(what="handed_over").exists()) == (None, False)
