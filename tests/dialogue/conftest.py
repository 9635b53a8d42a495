"""Issues that the stories of the dialogue are told about."""

import pytest

from dialogue.models import ConcernedBody, Issue, IssuePerspective
from tests import factories as make


@pytest.fixture
def bare(talk) -> Issue:
    """An issue that nothing is tied to."""
    return make.issue(talk, "Soporna")


@pytest.fixture
def ready(talk, ake, trafikkontoret) -> Issue:
    """An issue with all that the first step asks for."""
    made = make.issue(talk, "Lamporna", slug="lamporna")
    seen = make.perspective(talk.collaboration, ake)
    IssuePerspective.objects.create(issue=made, perspective=seen, linked_by=ake)
    ConcernedBody.objects.create(issue=made, organisation=trafikkontoret, why="Sköter lamporna.")
    return made


@pytest.fixture
def elsewhere(db, browse):
    """A coordinator of another collaboration, in her browser."""
    other = make.collaboration("annanstans")
    user = make.user("annan@ostberga.example")
    make.coordinator(other, user)
    return browse(user)
