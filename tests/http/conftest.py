"""Providers and addresses that the tests of limits send to."""

import pytest

from actors.people import inviting
from actors.people.city_login import oauth2_adapter
from ostberga.settings import city_logins
from tests.actors.people.city_login import city as at_the_city
from tests.links import link_to


@pytest.fixture
def provider(monkeypatch, settings):
    """The name of a provider in the settings, which is never asked: what it says of itself is known."""
    issuer = "https://inloggning.stad.example"
    told = {f"{name}_endpoint": f"{issuer}/{name}" for name in ("authorization", "token")}
    at_the_city.configure(monkeypatch, settings, issuer)
    monkeypatch.setattr(oauth2_adapter, "configuration_at", lambda _address: told)
    return city_logins.CITY


@pytest.fixture
def arguments(form, ostberga, ake, provider):
    """What the addresses of some views hold, by the name of the view."""
    inviting.invite(collaboration=ostberga, by=ake, email="ny@example.se", name="Ny")
    token = link_to("ny@example.se", "invitation", "valkommen").rstrip("/").rpartition("/")[2]
    return {
        "answer": [form.channels.get().code],
        "reading": ["en-lank-som-nagon-har"],
        "openid_connect_login": [provider],
        "welcome-city-login": [token, provider],
    }
