"""Fixtures for tests of the dialogue: issues, a wave, people, a group and its meeting."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.models import Partnership
from dialogue.models import ConcernedBody, Issue, IssuePerspective, ProcessStep
from surveys.models import Answer, Attachment
from surveys.rules.roles import Role
from tests import factories as make
from tests.dialogue import group_setup


@pytest.fixture
def bare(talk) -> Issue:
    """An issue without perspectives and bodies."""
    return make.issue(talk, "Soporna")


@pytest.fixture
def spring(form, ake):
    """A closed wave in which people were heard."""
    day = timezone.localdate() - dt.timedelta(days=10)
    return make.wave(form, title="Våren", opens_on=day, closes_on=day, closed_at=timezone.now(), closed_by=ake)


@pytest.fixture
def ready(talk, ake, trafikkontoret, spring) -> Issue:
    """An issue with all that the first step requires: a resident and an official have been heard."""
    issue = make.issue(talk, "Lamporna", slug="lamporna")
    issue.rounds.update(started_on=spring.opens_on)
    perspective = make.perspective(talk.collaboration, ake)
    IssuePerspective.objects.create(issue=issue, perspective=perspective, linked_by=ake)
    for role in (Role.RESIDENT, Role.OFFICIAL):
        statement = make.statement(spring, by=ake, role=role)
        Attachment.objects.create(statement=statement, perspective=perspective, attached_by=ake)
    Answer.objects.update(coded_at=perspective.created_at)
    ConcernedBody.objects.create(issue=issue, organisation=trafikkontoret, why="Sköter lamporna.")
    return issue


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
    return group_setup.a_group(ready, ake, berit, tova)


@pytest.fixture
def meeting(room, ake):
    """The group's meeting today, not begun. The conftest of a folder may have another."""
    return group_setup.a_meeting(room, ake)


@pytest.fixture
def calm(talk):
    """A collaboration with nothing left to prepare: profiles confirmed and a step planned."""
    by = make.user()
    Partnership.objects.update(accepted_at=timezone.now(), confirmed_at=timezone.now(), confirmed_by=by)
    ProcessStep.objects.create(dialogue=talk, stage=make.stage(talk, 1), start=dt.date(2016, 4, 1), precision="day")
    return talk.collaboration


@pytest.fixture
def settled(calm, ready, ake):
    """A collaboration with nothing left to do: its only issue is closed with an answer."""
    ready.rounds.update(closed_at=timezone.now(), closed_by=ake, answer={"sv": "Det blev ljust."})
    return calm
