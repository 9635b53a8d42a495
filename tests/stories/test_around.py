"""A follower, a pulse's respondent and the coordinator's week, in the browser."""

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from actors.models import Letter
from dialogue import tasks
from dialogue.activities import activity_lifecycle
from dialogue.followers import digest, news_collection
from dialogue.models import Follower, PartDecision, PulseAnswer
from dialogue.rules.activities import ActivityState
from dialogue.rules.decisions import PartState
from dialogue.staircase import climbing
from tests import factories as make
from tests.browser.hands import Desk, sign_in
from tests.stories.meeting_hands import link_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
COMPUTER = {"viewport": {"width": 1280, "height": 800}, "is_mobile": False, "has_touch": False}
AMINA = "amina@example.se"
TITLE = "Laga stolparna"


@pytest.fixture
def lamps(talk):
    return make.issue(talk, "Lamporna", slug="lamporna", step=5)


@pytest.fixture
def follows(phone, lamps):
    """Amina asks on the page of the issue, and says yes in her letter."""
    phone.goto(lamps.get_absolute_url())
    phone.get_by_text("Följ frågan").first.click()
    phone.get_by_label("Din e-postadress").fill(AMINA)
    phone.get_by_role("button", name="Skicka mig nyheter").click()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    tasks.write_batch()
    tasks.send_follow_letters()
    phone.goto(f"/folj/{Follower.objects.get().token}/")
    phone.get_by_role("button", name="Ja, skicka nyheter").click()
    expect(phone.get_by_role("heading", name="Frågor du följer")).to_be_visible()
    return phone


def tell_at_noon() -> list[Letter]:
    """A day's round of the queue."""
    news_collection.collect_news()
    digest.send_digests(timezone.localtime().replace(hour=12))
    return list(Letter.objects.filter(kind="news"))


@pytest.fixture
def letter(follows, lamps, ake, trafikkontoret):
    """The digest after a step back and a completed activity."""
    climbing.step_back(issue=lamps, by=ake, reason="Frågan behöver mer tid.")
    decision = make.decision(lamps, ake, trafikkontoret, answer=PartState.APPROVED)
    lamp = make.activity(lamps, ake, decision, state=ActivityState.RUNNING, title={"sv": TITLE})
    make.commitment(lamp, trafikkontoret, ake)
    activity_lifecycle.end(activity=lamp, state=ActivityState.DONE, outcome={"sv": "Lamporna lyser."}, by=ake)
    (letter,) = tell_at_noon()
    return letter


def say_a_little(phone, letter):
    """Answer by the link in the letter, which works once."""
    phone.goto(link_in(letter, "battre"))
    phone.get_by_label("Lite").check()
    phone.get_by_role("button", name="Skicka svaret").click()
    expect(phone.get_by_role("heading", name="Tack för ditt svar")).to_be_visible()
    phone.goto(link_in(letter, "battre"))
    expect(phone.get_by_role("heading", name="Länken öppnar inget längre")).to_be_visible()


def test_she_follows_hears_once_says_whether_it_got_better_and_stops(follows, letter):
    say_a_little(follows, letter)
    follows.goto(urlsplit(letter.unsubscribe).path)
    again, still = tell_at_noon(), Follower.objects.count()
    follows.get_by_role("main").get_by_role("button").first.click()
    expect(follows.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()

    assert [words in letter.text for words in (TITLE, "Lamporna")] == [True, True]
    assert (again, tell_at_noon()) == ([letter], [])
    assert (still, Follower.objects.count()) == (1, 0)


@pytest.fixture
def colleagues(tova, polly, trafikkontoret):
    """Enough people for the pulse's figures to be shown."""
    for number in range(8):
        make.official(make.user(f"kollega{number}@ostberga.example"), trafikkontoret)


def open_pulse(ake, page):
    """Åke sends the four questions."""
    desk = Desk(page, "ostberga")
    sign_in(page, ake.email)
    page.wait_for_url("**/mitt/")
    desk.go("adjusting")
    page.get_by_label("Sista dag att svara").fill(f"{timezone.localdate() + dt.timedelta(days=14):%Y-%m-%d}")
    page.get_by_role("button", name=re.compile("^Skicka frågorna till")).click()
    desk.press("Skicka")
    expect(page.get_by_text("personer fick en länk").first).to_be_visible()


@pytest.mark.usefixtures("colleagues")
def test_a_pulse_is_answered_by_link_once(ake, tova, open_browser):
    open_pulse(ake, open_browser(**COMPUTER))
    phone, link = open_browser(), link_in(Letter.objects.get(kind="pulse", to=tova.email), "puls")
    phone.goto(link)
    for choice in phone.get_by_label("Stämmer helt").all():
        choice.check()
    phone.get_by_role("button", name="Skicka svaren").click()
    expect(phone.get_by_role("heading", name="Tack för svaren")).to_be_visible()
    phone.goto(link)

    expect(phone.get_by_role("heading", name="Länken öppnar inget längre")).to_be_visible()
    tasks.write_batch()
    tasks.send_follow_letters()
    assert len(PulseAnswer.objects.get().answers) == 4


@pytest.fixture
def late(lamps, ake, trafikkontoret):
    """A body that has not answered in time."""
    decision = make.decision(lamps, ake, trafikkontoret, title={"sv": "Fler lampor i årets plan"})
    PartDecision.objects.update(due_on=timezone.localdate() - dt.timedelta(days=3))
    return decision


def test_on_monday_what_is_late_stands_first_and_a_new_day_is_a_click_away(late, ake, open_browser):
    page = open_browser(**COMPUTER)
    sign_in(page, ake.email)
    page.wait_for_url("**/mitt/")
    page.goto(reverse("coordinate:home", args=["ostberga"]))
    first = page.get_by_role("main").locator("section").first
    expect(first).to_contain_text("Fler lampor i årets plan")
    first.get_by_role("link").first.click()

    expect(page.get_by_role("main").locator("form input[type=date]").first).to_be_visible()


def test_a_new_coordinator_finds_why_in_three_clicks(late, ake, lamps, open_browser):
    page = open_browser(**COMPUTER)
    sign_in(page, ake.email)
    page.wait_for_url("**/mitt/")
    page.goto(reverse("coordinate:search", args=["ostberga"]))
    page.get_by_role("main").get_by_role("searchbox").fill("lampor")
    page.get_by_role("main").get_by_role("button", name="Sök").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("Fler lampor i årets plan")).first.click()

    expect(page.get_by_role("heading", name=re.compile("Fler lampor i årets plan")).first).to_be_visible()
