"""Fixtures: the registry of Trafikkontoret, a second collaboration, and the link in a letter."""

import re

import pytest

from actors.mandates import proposing
from actors.models import Letter, Mandate
from tests import factories as make

SCOPES = ["delegation", "commitments"]


@pytest.fixture
def box(trafikkontoret):
    """The registry address of Trafikkontoret, whose domain the administrator has listed."""
    return make.registry(trafikkontoret)


@pytest.fixture
def rinkeby(trafikkontoret):
    """Another collaboration, where Trafikkontoret is a partner too."""
    place = make.collaboration("rinkeby", name="Samverkan Rinkeby", area="Rinkeby")
    make.partnership(place, trafikkontoret)
    return place


@pytest.fixture
def rut(rinkeby):
    """Rut coordinates Rinkeby."""
    user = make.user("rut@rinkeby.example", name="Rut")
    make.coordinator(rinkeby, user)
    return user


@pytest.fixture
def iman(trafikkontoret):
    """Iman works at Trafikkontoret and has no mandate."""
    user = make.user("iman@ostberga.example", name="Iman")
    make.official(user, trafikkontoret, title="Ingenjör")
    return user


@pytest.fixture
def propose(iman, trafikkontoret, ostberga, ake, box):
    """A function that proposes Iman's mandate."""

    def send(**changes):
        given = {"person": iman, "organisation": trafikkontoret, "collaboration": ostberga, "by": ake}
        return proposing.propose(**{**given, "scopes": SCOPES, "title": "Ingenjör", **changes})

    return send


@pytest.fixture
def secret():
    """A function that returns the token of the link in the newest letter of a kind to an address."""

    def find(kind, to):
        letter = Letter.objects.filter(kind=kind, to=to).latest("written_at")
        return re.findall(r"/(?:mandat|registrator|atagande|valkommen)/([^/\s]+)/", letter.text)[0]

    return find


@pytest.fixture
def in_force():
    """A function that says whether a mandate is in force."""
    return lambda mandate: Mandate.objects.in_force().filter(pk=mandate.pk).exists()
