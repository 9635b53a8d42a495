"""Minutes that save themselves, in a browser: keyboard, two writers, offline, signed out, without JavaScript."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import expect

from dialogue.meetings import minute_items
from tests import factories as make
from tests.dialogue import group_setup
from tests.dialogue.group_setup import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def berit(db):
    """A resident with an account and a seat."""
    return make.user("boende@ostberga.example", name="Berit")


@pytest.fixture
def meeting(talk, ake, berit, tova):
    """Open minutes of a group of four."""
    group = group_setup.a_group(make.issue(talk, "Lamporna"), ake, berit, tova)
    meeting = group_setup.a_meeting(group, ake)
    minute_items.open_minutes(meeting=meeting, by=ake)
    return meeting


def sign_in(page, user, meeting):
    page.goto(f"/mitt/mote/{meeting.pk}/")
    page.get_by_label("E-post").fill(user.email)
    page.get_by_label("Lösenord").fill("ostberga-demo")
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url(f"**/mitt/mote/{meeting.pk}/")
    return page


def saved(page):
    """Wait for «Sparat» with a time; «Inte sparat» must not match."""
    expect(page.locator("[data-minutes-status]")).to_have_text(re.compile(r"^Sparat \d\d\.\d\d$"))


def words(meeting):
    return [item.text for item in meeting.items.standing()]


def test_lines_save_themselves_and_a_key_makes_one_a_proposal(phone, meeting, berit):
    page = sign_in(phone, berit, meeting)
    page.get_by_label("Ny rad").first.click()
    for typed in ("Det är mörkt.", "Fler lampor."):
        page.keyboard.type(typed)
        page.keyboard.press("Enter" if typed.startswith("Det") else "Alt+2")
    saved(page)

    assert [(item.text, item.kind) for item in meeting.items.all()] == [
        ("Det är mörkt.", "note"),
        ("Fler lampor.", "proposal"),
    ]


def test_two_in_the_same_line_see_both_texts(open_browser, meeting, berit, tova):
    say(meeting, berit, "Mörkt", point=meeting.agenda.all()[0])
    pages = [sign_in(open_browser(), who, meeting) for who in (berit, tova)]
    pages[1].route("**/rader/**", lambda route: route.abort())  # she has not seen what the other one writes
    for page, typed in zip(pages, ("Mörkt vid skolan", "Mörkt i parken"), strict=True):
        page.get_by_label("Rad", exact=True).first.fill(typed)
        page.get_by_label("Rad", exact=True).first.blur()
        expect(page.locator("[data-unsaved]")).to_have_count(0)
    pages[1].unroute("**/rader/**")

    expect(pages[0].get_by_text("Skrevs samtidigt")).to_be_visible(timeout=30_000)
    assert words(meeting) == ["Mörkt vid skolan", "Mörkt i parken"]


def test_without_a_net_the_words_stay_and_are_sent_when_it_is_back(phone, meeting, berit):
    page = sign_in(phone, berit, meeting)
    page.context.set_offline(True)
    page.get_by_label("Ny rad").first.fill("Det är mörkt.")
    expect(page.get_by_text("Inte sparat – försöker igen")).to_be_visible()
    page.context.set_offline(False)
    saved(page)

    assert words(meeting) == ["Det är mörkt."]


def test_who_was_signed_out_goes_on_after_signing_in_beside(phone, meeting, berit):
    page = sign_in(phone, berit, meeting)
    Session.objects.all().delete()
    cache.clear()
    page.get_by_label("Ny rad").first.fill("Det är mörkt.")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Logga in i en ny flik").click()
    other = opened.value
    other.get_by_label("E-post").fill(berit.email)
    other.get_by_label("Lösenord").fill("ostberga-demo")
    other.get_by_role("button", name="Logga in").click()
    saved(page)

    assert words(meeting) == ["Det är mörkt."]


def test_who_lost_her_cookies_is_told_that_she_is_signed_out(phone, meeting, berit):
    page = sign_in(phone, berit, meeting)
    page.context.clear_cookies()
    page.get_by_label("Ny rad").first.fill("Det är mörkt.")

    expect(page.get_by_text("Inte sparat: du har loggats ut. Det du skrivit står kvar.")).to_be_visible()
    expect(page.get_by_role("link", name="Logga in i en ny flik")).to_be_visible()


def test_a_meeting_is_written_without_a_script(open_browser, meeting, berit):
    page = sign_in(open_browser(java_script_enabled=False), berit, meeting)
    page.get_by_label("Ny rad").first.fill("Det är mörkt.")
    page.get_by_role("group", name="Vilka är med?").get_by_label("Boende 1").check()
    page.get_by_role("button", name="Spara", exact=True).click()

    expect(page.get_by_text("Sparat.")).to_be_visible()
    assert (words(meeting), meeting.present.count()) == (["Det är mörkt."], 1)
