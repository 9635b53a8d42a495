"""Kim and Lo code in Östberga."""

from dataclasses import dataclass

import pytest

from actors.models import User
from actors.rules.helping import HelperTask
from tests import factories as make


@pytest.fixture
def kim(ostberga, ake):
    person = make.user("kim@ostberga.example", name="Kim")
    make.helper(ostberga, person, HelperTask.CODING, ake)
    return person


@pytest.fixture
def lo(ostberga, ake):
    person = make.user("lo@ostberga.example", name="Lo")
    make.helper(ostberga, person, HelperTask.CODING, ake)
    return person


@dataclass
class Team:
    """Åke, who deals, and his two coders."""

    ake: User
    kim: User
    lo: User


@pytest.fixture
def team(ake, kim, lo):
    return Team(ake, kim, lo)
