"""A group of four and its draft proposal."""

import pytest

from tests import factories as make
from tests.dialogue.groups.positions import DRAFT


@pytest.fixture
def group(ready, ake, stranger):
    """Two residents, one of whom has an account; an elected and an official."""
    group = make.group(ready.dialogue, ake, ready)
    group.seats.create(role="resident", number=2, since=group.started_on, user=stranger)
    return group


@pytest.fixture
def draft(ready, group, ake):
    proposal = make.proposal(ready, ake, meeting=make.meeting(group, ake), **DRAFT)
    proposal.sides.create(perspective=ready.perspectives.first(), side="answers")
    return proposal


@pytest.fixture
def neighbour(browse, stranger):
    """The browser of the resident who has an account."""
    return browse(stranger)
