"""Officials answer from the link in a letter, on a 360 px phone."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from actors.models import Letter
from dialogue.activities import commitments
from dialogue.decisions import requesting
from dialogue.models import Commitment, PartDecision
from dialogue.rules.activities import Part, Reply
from dialogue.rules.decisions import FormOfDecision, PartState
from tests import factories as make

pytestmark = pytest.mark.browser
TODAY = timezone.localdate()


@pytest.fixture
def lamps(talk):
    return make.issue(talk, "Lamporna", slug="lamporna")


@pytest.fixture
def ask(lamps, ake, tova, trafikkontoret):
    """Trafikkontoret is asked to decide, in this form."""

    def request(form):
        question = requesting.DecisionRequest(title={"sv": "Fler lampor"}, ask="Ta in lamporna i årets plan?")
        requesting.request(
            dialogue=lamps.dialogue, question=question, issues=[lamps], bodies={trafikkontoret: form}, by=ake
        )

    return request


def door(to):
    """The link in the letter, as a path on this server."""
    match = re.search(r"https?://[^/]+(/(?:mitt|atagande)/\S+)", Letter.objects.filter(to=to).latest("written_at").text)
    assert match
    return match.group(1)


def through_the_door(phone, address, email):
    phone.goto(address)
    phone.get_by_label("E-post").fill(email)
    phone.get_by_label("Lösenord").fill("ostberga-demo")
    phone.get_by_role("button", name="Logga in").click()
    phone.wait_for_url(f"**{address}")


def test_tova_goes_from_the_letter_to_approved(ask, phone, tova):
    ask(FormOfDecision.DELEGATION)
    through_the_door(phone, door(tova.email), tova.email)
    phone.get_by_label("Punkt i er delegationsordning").first.fill("4.2")
    phone.get_by_role("button", name="Godkänn", exact=True).click()

    expect(phone.get_by_role("heading", name="Ert svar är inskrivet")).to_be_visible()
    expect(phone.get_by_text("beslutet gäller", exact=True)).to_be_visible()
    assert PartDecision.objects.get().answer == PartState.APPROVED


@pytest.mark.parametrize("with_scripts", [True, False])
def test_a_no_unfolds_and_asks_why(with_scripts, ask, open_browser, tova):
    ask(FormOfDecision.EXECUTION)
    page = open_browser(java_script_enabled=with_scripts)
    through_the_door(page, door(tova.email), tova.email)
    page.locator("summary", has_text=re.compile("^Nej$")).click()
    page.get_by_role("button", name="Säg nej").click()
    expect(page.get_by_text("Skriv varför, så att en boende förstår.")).to_be_visible()
    page.locator("details[open] textarea").first.fill("Pengarna räcker inte.")
    page.get_by_role("button", name="Säg nej").click()

    expect(page.get_by_text("helheten avslagen")).to_be_visible()


def test_a_committee_decision_is_prepared_and_then_registered(ask, phone, tova):
    ask(FormOfDecision.COMMITTEE)
    through_the_door(phone, door(tova.email), tova.email)
    phone.get_by_label("Dag", exact=True).fill((TODAY + dt.timedelta(days=9)).isoformat())
    phone.get_by_role("button", name="Skriv in dagen").click()
    phone.get_by_text("Registrera nämndens beslut").wait_for()
    phone.get_by_label("Ja", exact=True).check()
    for label, words in (("Vilken nämnd", "Trafiknämnden"), ("Paragraf", "§ 12"), ("Diarienummer", "T-1")):
        phone.get_by_label(label).fill(words)
    phone.get_by_label("Beslutsdag").fill(TODAY.isoformat())
    phone.get_by_role("button", name="Registrera beslutet").click()

    expect(phone.get_by_text("Registrerat av")).to_be_visible()


def test_tova_approves_with_the_keyboard_only(ask, phone, tova):
    ask(FormOfDecision.EXECUTION)
    through_the_door(phone, door(tova.email), tova.email)
    for _ in range(40):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.innerText") == "Godkänn":
            break
    phone.keyboard.press("Enter")

    expect(phone.get_by_role("heading", name="Ert svar är inskrivet")).to_be_visible()


def test_a_commitment_is_countered_by_link_without_an_account(lamps, ake, polisen, phone, open_browser):
    lit, box = make.activity(lamps, ake), make.registry(polisen)
    commitments.ask(activity=lit, organisation=polisen, part=Part.LEAD, what="Gå där.", by=ake, email=box)
    address = door(box)
    phone.goto(address)
    phone.get_by_label("Ja, men på ett annat sätt").check()
    phone.get_by_label("Vad kan ni i stället").fill("Ja, men i maj.")
    phone.get_by_label("Din funktion").fill("Gruppchef")
    phone.get_by_role("button", name="Skicka svaret").click()
    expect(phone.get_by_role("heading", name="Tack för svaret")).to_be_visible()
    again = open_browser(java_script_enabled=False)
    again.goto(address)

    expect(again.get_by_role("heading", name="Länken öppnar inget längre")).to_be_visible()
    assert (Commitment.objects.get().reply, Commitment.objects.get().replied_as) == (Reply.COUNTERED, "Gruppchef")
