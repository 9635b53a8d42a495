"""A provider for all tests of the city's login. It keeps the real time, and so do these tests."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from actors.models import User
from tests import clock
from tests import factories as make
from tests.actors.people.city_login import city as at_the_city
from tests.actors.people.city_login.city import City


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """The address of the provider."""
    with at_the_city.running("http://testserver") as address:
        yield address


@pytest.fixture
def configured(monkeypatch: Any, settings: Any, issuer: str) -> Any:
    """Return a function that sets the provider's variables: `configured(ACR="")`."""

    def configure(**variables: str) -> None:
        at_the_city.configure(monkeypatch, settings, issuer, **variables)

    return configure


@pytest.fixture
def city(issuer: str, configured: Any) -> City:
    """The city's login, which vouches for addresses at stad.example, and whose `acr` has to be loa3."""
    clock.start(dt.datetime.fromtimestamp(time_machine.escape_hatch.time.time(), dt.UTC))
    configured(EMAIL_DOMAINS="stad.example")
    return City(issuer)


@pytest.fixture
def anna(ostberga: Any, trafikkontoret: Any) -> User:
    """Anna approves for Trafikkontoret, and has an account with a password."""
    user = make.user("anna@stad.example", name="Anna")
    make.official(user, trafikkontoret)
    make.mandate(user, trafikkontoret, ostberga)
    return user
