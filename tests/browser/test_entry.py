"""Åke enters paper forms by keyboard only."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from surveys.models import Response
from surveys.rules.questions import QuestionKind
from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(open_browser, live_server, ake, browse):
    """A desktop browser, signed in as Åke."""
    page = open_browser(viewport={"width": 1280, "height": 800}, is_mobile=False, has_touch=False)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": browse(ake).cookies[name].value, "url": live_server.url}])
    return page


def test_sheet_after_sheet_without_a_mouse(desk, form, autumn):
    make.question(form, QuestionKind.SCALE, text={"sv": "Trivs du?"})
    batch = f"?wave={autumn.pk}&channel={form.channels.get().pk}&language=sv"
    desk.goto(f"{reverse('coordinate:entry-sheet', args=['ostberga', form.pk])}{batch}")
    for number in (1, 2):
        desk.wait_for_load_state()  # its script hears the keys from then on
        expect(desk.locator("[autofocus]")).to_be_focused()  # the browser moves focus when the page has been drawn
        desk.keyboard.type(f"Blad {number}")
        desk.keyboard.press("Tab")
        desk.keyboard.press("4")
        desk.keyboard.press("Control+Enter")
        expect(desk.get_by_text(f"{number} blad inskrivna den här veckan")).to_be_visible()

    stored = [
        [(answer.text, answer.choices) for answer in response.answers.all()] for response in Response.objects.all()
    ]
    assert sorted(stored) == [[("Blad 1", []), ("", ["4"])], [("Blad 2", []), ("", ["4"])]]


def test_people_are_counted_with_the_thumb(desk, form, autumn):
    desk.goto(reverse("coordinate:interview-new", args=["ostberga"]))
    more = desk.get_by_role("button", name="En till: Boende")
    for _ in range(3):
        more.click()
    desk.get_by_role("button", name="En färre: Boende").click()

    expect(desk.get_by_label("Boende", exact=True)).to_have_value("2")
