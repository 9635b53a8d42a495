"""An official is invited, confirmed by her registrator, signs in with a passkey and decides, until her body says no."""

import re

import pytest
from playwright.sync_api import expect

from actors.models import Letter
from actors.people import inviting
from dialogue.decisions import requesting
from dialogue.models import PartDecision
from dialogue.rules.decisions import FormOfDecision, PartState
from tests import factories as make

pytestmark = pytest.mark.browser
IMAN, PASSWORD = "iman@ostberga.example", "lavendel tegelugn åker mossa"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def link(to, path):
    """The link in the newest letter to the address that has one below this path."""
    letters = Letter.objects.filter(to=to).order_by("-written_at", "-pk")
    found = (re.search(rf"https?://[^/\s]+({path}\S+)", letter.text) for letter in letters)
    return next(match.group(1) for match in found if match)


@pytest.fixture
def ask(talk, ake, trafikkontoret):
    """A function that asks Trafikkontoret for a decision on delegation, and returns the path of its part."""
    lamps = make.issue(talk, "Lamporna", slug="lamporna")

    def request(title):
        question = requesting.DecisionRequest(title={"sv": title}, ask="Ta in lamporna i planen?")
        bodies = {trafikkontoret: FormOfDecision.DELEGATION}
        requesting.request(dialogue=talk, question=question, issues=[lamps], bodies=bodies, by=ake)
        return f"/mitt/beslut/{PartDecision.objects.latest('pk').pk}/"

    return request


@pytest.fixture
def box(trafikkontoret):
    """The registry address of Trafikkontoret."""
    return make.registry(trafikkontoret)


@pytest.fixture
def iman(phone, ake, ostberga, trafikkontoret, box):
    """Iman on her phone, which has a sensor for her finger; she has opened her invitation and chosen a password."""
    inviting.invite(
        collaboration=ostberga, by=ake, email=IMAN, name="Iman", organisation=trafikkontoret, scopes=["delegation"]
    )
    session = phone.context.new_cdp_session(phone)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    phone.goto(link(IMAN, "/valkommen/"))
    phone.get_by_label("Välj ett lösenord").fill(PASSWORD)
    phone.get_by_role("main").get_by_role("button").first.click()
    phone.wait_for_url("**/mitt/")
    return phone


def make_passkey(page):
    page.goto("/mitt/")
    expect(page.get_by_role("heading", name="Skydda ditt konto")).to_be_visible()
    with page.expect_navigation():  # the button asks the device only when the page's script has run
        page.get_by_role("link", name="Gör en nyckel").click()
    page.get_by_role("button", name="Gör nyckeln").click()
    expect(page.get_by_role("heading", name="Dina reservkoder")).to_be_visible()
    page.get_by_role("link", name="Klart, jag har sparat dem").click()
    page.wait_for_url("**/mitt/")


def come_back_with_passkey(page):
    page.goto("/konto/logout/")
    page.get_by_role("main").get_by_role("button", name="Logga ut").click()
    page.goto("/konto/login/")
    page.get_by_role("button", name="Använd min nyckel").click()
    page.wait_for_url("**/mitt/")


def approve(page):
    page.get_by_label("Punkt i er delegationsordning").first.fill("4.2")
    page.get_by_role("button", name="Godkänn", exact=True).click()


def press_at_registry(open_browser, box, button):
    page = open_browser()
    page.goto(link(box, "/mandat/"))
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()


def test_she_decides_while_her_body_says_so_and_not_a_moment_longer(box, iman, ask, open_browser, settings):
    settings.SECOND_FACTOR = "required"
    press_at_registry(open_browser, box, "Bekräfta")
    make_passkey(iman)
    come_back_with_passkey(iman)
    iman.goto(ask("Fler lampor"))
    approve(iman)
    expect(iman.get_by_role("heading", name="Ert svar är inskrivet")).to_be_visible()
    iman.goto(ask("Ännu fler lampor"))

    press_at_registry(open_browser, box, "Avsluta mandatet")
    approve(iman)

    expect(iman.get_by_role("heading", name="Ert svar är inskrivet")).to_have_count(0)
    answers = PartDecision.objects.order_by("pk").values_list("answer", flat=True)
    assert list(answers) == [PartState.APPROVED, PartState.REQUESTED]
