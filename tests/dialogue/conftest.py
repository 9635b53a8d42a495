"""Issues that the stories of the dialogue are told about."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.models import Partnership
from dialogue.models import ConcernedBody, Issue, IssuePerspective, ProcessStep
from surveys.models import Answer, Attachment
from surveys.rules.roles import Role
from tests import factories as make
from tests.dialogue import group_room


@pytest.fixture
def bare(talk) -> Issue:
    """An issue that nothing is tied to."""
    return make.issue(talk, "Soporna")


@pytest.fixture
def spring(form, ake):
    """The wave that people were heard in: it is not open any more."""
    day = timezone.localdate() - dt.timedelta(days=10)
    return make.wave(form, title="Våren", opens_on=day, closes_on=day, closed_at=timezone.now(), closed_by=ake)


@pytest.fixture
def ready(talk, ake, trafikkontoret, spring) -> Issue:
    """An issue with all that the first step asks for: a resident and an official have been heard."""
    made = make.issue(talk, "Lamporna", slug="lamporna")
    made.rounds.update(started_on=spring.opens_on)
    seen = make.perspective(talk.collaboration, ake)
    IssuePerspective.objects.create(issue=made, perspective=seen, linked_by=ake)
    for role in (Role.RESIDENT, Role.OFFICIAL):
        said = make.statement(spring, by=ake, role=role)
        Attachment.objects.create(statement=said, perspective=seen, attached_by=ake)
    Answer.objects.update(coded_at=seen.created_at)
    ConcernedBody.objects.create(issue=made, organisation=trafikkontoret, why="Sköter lamporna.")
    return made


@pytest.fixture
def elsewhere(db, browse):
    """A coordinator of another collaboration, in her browser."""
    other = make.collaboration("annanstans")
    user = make.user("annan@ostberga.example")
    make.coordinator(other, user)
    return browse(user)


@pytest.fixture
def berit(db):
    """A resident with an account and a seat."""
    return make.user("boende@ostberga.example", name="Berit")


@pytest.fixture
def room(ready, ake, berit, tova):
    """A group of four: Berit, one more resident, an elected and Tova."""
    return group_room.a_group(ready, ake, berit, tova)


@pytest.fixture
def meeting(room, ake):
    """Its meeting today, not begun. A folder's own file may have another."""
    return group_room.a_meeting(room, ake)


@pytest.fixture
def calm(talk):
    """Everything is done: profiles confirmed, steps planned, one issue in order."""
    by = make.user()
    Partnership.objects.update(confirmed_at=timezone.now(), confirmed_by=by)
    ProcessStep.objects.create(dialogue=talk, step=1, start=dt.date(2016, 4, 1), precision="day")
    return talk.collaboration


@pytest.fixture
def settled(calm, ready, ake):
    """Nothing waits at all: the one issue has its answer."""
    ready.rounds.update(closed_at=timezone.now(), closed_by=ake, answer={"sv": "Det blev ljust."})
    return calm
