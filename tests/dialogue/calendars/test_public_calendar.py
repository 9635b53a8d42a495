"""The public calendar of a collaboration: what residents may read, in their language, and nothing about anybody."""

import datetime as dt

import icalendar
import pytest
from django.utils import timezone

from dialogue.meetings import calling
from dialogue.meetings.agenda import Point
from dialogue.models import Activity, Dialogue, Issue, ProcessStep
from dialogue.rules.activities import ActivityState
from dialogue.rules.decisions import PartState
from tests import factories as make

TODAY = timezone.localdate()
SOON = TODAY + dt.timedelta(days=7)
LONG_AGO = TODAY - dt.timedelta(days=200)
ENDED = {"ended_on": TODAY, "outcome": {"sv": "Det blev inte av."}}
PATH = "/ostberga/kalender.ics"


@pytest.fixture
def published(ready):
    Issue.objects.update(published_at=timezone.now())
    ready.refresh_from_db()
    return ready


def titles(answer):
    return set(states(answer))


def states(answer):
    """The status of each entry by its title."""
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["summary"]): str(event["status"]) for event in events}


def test_steps_activities_and_meetings_with_locked_minutes_stand_there(published, talk, ake, trafikkontoret, browse):
    ProcessStep.objects.create(dialogue=talk, stage=make.stage(talk, 1), start=TODAY, end=SOON, precision="month")
    held = make.decision(published, ake, trafikkontoret, answer=PartState.APPROVED)
    make.activity(published, ake, held, state=ActivityState.RUNNING, precision="day")
    group = make.group(talk, ake, published)
    make.meeting(group, ake)

    told = titles(browse().get(PATH))

    assert str(group) in told
    assert any(title.startswith("Byt 22 lampor (") for title in told)
    assert len(told) == 3


@pytest.mark.usefixtures("tova")
def test_what_residents_may_not_see_is_not_there(published, bare, ake, trafikkontoret, browse):
    group = make.group(published.dialogue, ake, published)
    meeting = calling.plan(group=group, on=SOON, by=ake, place="Hemma hos Ulla", points=[Point("Gå stråket")])
    calling.call(meeting=meeting, by=ake)
    Issue.objects.filter(pk=bare.pk).update(published_at=None)
    hidden = make.decision(bare, ake, trafikkontoret, answer=PartState.APPROVED)
    make.activity(bare, ake, hidden, state=ActivityState.RUNNING, title={"sv": "Det hemliga"})
    make.decision(published, ake, trafikkontoret).parts.update(due_on=SOON)

    page = browse().get(PATH)

    assert titles(page) == set()
    for word in ("Ulla", "hemliga", ake.email, "Åke", "Tova"):
        assert word not in page.text


def test_it_is_written_in_the_language_of_its_address(talk, browse):
    ProcessStep.objects.create(
        dialogue=talk, stage=make.stage(talk, 1), start=TODAY, name={"sv": "Lyssna", "en": "Listen"}, precision="day"
    )

    assert [title.partition(":")[0] for title in titles(browse().get(PATH))] == ["Lyssna"]
    assert [title.partition(":")[0] for title in titles(browse().get(f"/en{PATH}"))] == ["Listen"]


def test_a_cancelled_activity_is_crossed_out(published, ake, trafikkontoret, browse):
    held = make.decision(published, ake, trafikkontoret, answer=PartState.APPROVED)
    activity = make.activity(published, ake, held, state=ActivityState.RUNNING, start=SOON, precision="day")
    assert set(states(browse().get(PATH)).values()) == {"CONFIRMED"}

    Activity.objects.filter(pk=activity.pk).update(state=ActivityState.CANCELLED, **ENDED)
    assert set(states(browse().get(PATH)).values()) == {"CANCELLED"}


def test_what_is_long_over_is_not_there_though_nobody_said_when_it_would_end(published, talk, ake, tova, browse):
    held = make.decision(published, ake, tova.affiliations.get().organisation, answer=PartState.APPROVED)
    activity = make.activity(published, ake, held, state=ActivityState.RUNNING, start=LONG_AGO, end=None)
    ProcessStep.objects.create(dialogue=talk, stage=make.stage(talk, 1), start=LONG_AGO, end=LONG_AGO, precision="day")
    last = ProcessStep.objects.create(
        dialogue=talk, stage=make.stage(talk, 2), start=LONG_AGO, name={"sv": "Agera"}, precision="day"
    )
    assert {title[:6] for title in titles(browse().get(PATH))} == {"Byt 22", "Agera:"}
    assert last.end is None

    Activity.objects.filter(pk=activity.pk).update(state=ActivityState.DONE, **{**ENDED, "ended_on": LONG_AGO})
    Dialogue.objects.filter(pk=talk.pk).update(is_current=False, ended_on=LONG_AGO)
    assert titles(browse().get(PATH)) == set()


def test_programs_find_it_and_ask_whether_it_has_changed(talk, browse):
    first = browse().get(PATH)
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert browse().get(PATH, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert (
        f'<link rel="alternate" type="text/calendar" title="{talk.collaboration.name}"'
        in browse().get("/ostberga/").text
    )

    ProcessStep.objects.create(dialogue=talk, stage=make.stage(talk, 1), start=TODAY, precision="day")
    assert browse().get(PATH, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_there_is_none_of_a_collaboration_without_public_pages(ostberga, browse):
    ostberga.awaits_controller = True
    ostberga.save()
    assert browse().get(PATH).status_code == 404


def test_a_long_step_is_its_first_and_last_day_and_was_told_before_it_begins(published, talk, amina):
    begins, ends = TODAY + dt.timedelta(days=40), TODAY + dt.timedelta(days=400)
    first = make.stage(talk, 1)
    ProcessStep.objects.create(
        dialogue=talk, stage=first, start=begins, end=ends, name={"sv": "Lyssna"}, precision="day"
    )

    events = icalendar.Calendar.from_ical(amina.get(PATH).content).walk("VEVENT")
    days = {event.decoded("dtstart"): str(event["summary"]).rpartition(": ")[2] for event in events}
    one_day = {event.decoded("dtend") - event.decoded("dtstart") for event in events}
    assert (days, one_day) == ({begins: "börjar", ends: "slutar"}, {dt.timedelta(days=1)})
    assert all(event.decoded("dtstamp") <= timezone.now() for event in events)
