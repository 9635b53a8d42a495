"""A client over its limit, in a real browser: the page works under our strict policy, and nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from ostberga.http import request_limits
from ostberga.http.request_limits import Limit
from surveys.models import Answer

pytestmark = pytest.mark.browser
WORDS = 'Ljus & en "bänk"'


@pytest.fixture
def door(form, autumn, talk, monkeypatch):
    monkeypatch.setitem(request_limits.LIMITS, "answer", Limit(0))
    return f"/svara/{form.channels.get().code}/"


def send(page, door):
    page.goto(door)
    page.locator("textarea").first.fill(WORDS)
    page.get_by_role("button", name="Skicka svaret").click()


def test_the_browser_works_for_a_moment_and_the_answer_is_sent_by_itself(open_browser, door):
    page, asked = open_browser(), []
    page.on("request", lambda request: asked.append(request.url))
    send(page, door)
    page.wait_for_url("**/kvitto/")
    assert [answer.text for answer in Answer.objects.all()] == [WORDS]
    site = page.url.partition("/kvitto")[0]
    assert any("altcha-sha" in url for url in asked)
    assert [url for url in asked if not url.startswith(site)] == []  # nobody else is asked


def test_without_javascript_the_page_says_how_long_to_wait(open_browser, door):
    page = open_browser(java_script_enabled=False)
    send(page, door)
    expect(page.get_by_text("sekunder och tryck sedan på Skicka")).to_be_visible()
    expect(page.get_by_text("räknar en stund")).to_be_hidden()
    page.get_by_role("button", name="Skicka").click()  # too early: the same page, with everything
    expect(page.get_by_role("heading", name="Vänta en liten stund")).to_be_visible()
    assert not Answer.objects.exists()
