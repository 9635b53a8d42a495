"""An invited official signs in with the city's login, in a real browser at a real provider."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
import time_machine
from playwright.sync_api import expect

from actors.models import Letter, User
from actors.people import inviting
from tests import clock
from tests.actors.people.city_login.city import ANNA, configure, running

pytestmark = pytest.mark.browser
CITY = "Stadens inloggning"


@pytest.fixture
def provider(live_server, monkeypatch, settings):
    """The city's login for this site. It and the browser keep the real time, and so does the site."""
    clock.start(dt.datetime.fromtimestamp(time_machine.escape_hatch.time.time(), dt.UTC))
    with running(live_server.url) as issuer:
        configure(monkeypatch, settings, issuer)
        yield issuer


@pytest.fixture
def invitation(ake, ostberga, trafikkontoret):
    inviting.invite(collaboration=ostberga, by=ake, email=ANNA["email"], name="Anna", organisation=trafikkontoret)
    return urlsplit(next(word for word in Letter.objects.get().text.split() if "/valkommen/" in word)).path


def log_in_there(page, **changed):
    person = {**ANNA, **changed}
    expect(page.get_by_role("heading", name=CITY)).to_be_visible()
    for label, name in (("Nummer", "sub"), ("E-post", "email"), ("acr", "acr"), ("amr", "amr")):
        page.get_by_label(label).fill(person[name])
    page.get_by_label("Kontrollerad").check()
    page.get_by_role("button", name="Logga in").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_she_opens_her_invitation_with_it_works_and_signs_out(open_browser, provider, invitation, scripts):
    page = open_browser(java_script_enabled=scripts)
    page.goto(invitation)
    page.get_by_role("button", name=f"Fortsätt med {CITY}").click()
    log_in_there(page, acr="loa2")
    expect(page.get_by_role("heading", name=f"{CITY} säger inte att du loggade in med två steg")).to_be_visible()
    expect(page.get_by_text("acr ska vara loa3")).to_be_visible()

    page.context.clear_cookies(domain="127.0.0.1")  # another login there
    page.goto(invitation)
    page.get_by_role("button", name=f"Fortsätt med {CITY}").click()
    log_in_there(page)

    page.wait_for_url("**/mitt/")
    assert User.objects.get(email=ANNA["email"]).affiliations.get().organisation.name == "Trafikkontoret"
    page.goto("/konto/logout/")
    page.locator("main").get_by_role("button", name="Logga ut").click()
    page.get_by_role("button", name="Ja, logga ut").click()
    expect(page.get_by_role("heading", name="Du är utloggad")).to_be_visible()

    page.goto("/konto/login/")
    page.get_by_role("button", name=CITY).click()
    log_in_there(page)  # the provider asks anew
    page.wait_for_url("**/mitt/")
