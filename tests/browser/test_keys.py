"""Åke codes without a mouse: keyboard shortcuts, tab order and visible focus."""

import pytest
from playwright.sync_api import expect

from surveys.models import Attachment, Statement
from tests import factories as make
from tests.browser.hands import Desk, sign_in

pytestmark = pytest.mark.browser
COMPUTER = {"viewport": {"width": 1280, "height": 800}, "is_mobile": False, "has_touch": False}
WE = "Vi som vill se vägen"
# Whether the focused element has a visible outline.
RING = """() => { const look = getComputedStyle(document.activeElement);
  return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2; }"""
WHERE = "() => document.activeElement === document.body"


@pytest.fixture
def desk(open_browser, ake, ostberga, autumn):
    make.perspective(ostberga, ake, WE)
    for words in ("Mer ljus på gångvägen.", "En bänk halvvägs."):
        make.answer(autumn, words)
    desk = Desk(open_browser(**COMPUTER), ostberga.slug)
    sign_in(desk.page, ake.email)
    desk.page.wait_for_url("**/mitt/")
    desk.go("coding")
    return desk


def test_an_answer_is_coded_and_the_next_one_opened_by_keys_alone(desk):
    keys, first = desk.page.keyboard, desk.page.url
    keys.press("Control+Enter")
    expect(desk.page.get_by_role("heading", name="Så läser andra den")).to_be_visible()
    desk.page.wait_for_load_state()  # its script has run, and the browser has moved focus
    keys.press("Escape")
    keys.press("a")
    keys.type("vägen")
    keys.press("Enter")
    expect(desk.attached(WE)).to_be_visible()
    keys.press("Escape")
    keys.press("n")

    expect(desk.page).not_to_have_url(first)
    assert Statement.objects.publishable().count() == Attachment.objects.current().count() == 1


def test_a_box_that_the_browser_has_styled_is_not_styled_by_us(desk):
    """Form-filling extensions set inline styles; copied into the swapped part they would violate our CSP."""
    desk.page.locator("#coding_attachments input[name=nytt]").evaluate("box => { box.style.caretColor = 'auto'; }")

    desk.new_perspective("Vi som provar")


def test_what_was_done_by_mistake_is_taken_back_with_a_key(desk):
    desk.page.keyboard.press("Control+Enter")
    expect(desk.page.get_by_role("heading", name="Så läser andra den")).to_be_visible()
    desk.page.wait_for_load_state()  # its script has run, and the browser has moved focus
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("u")

    expect(desk.page.get_by_text("Ångrat:")).to_be_visible()
    assert Statement.objects.publishable().count() == 0


def test_a_letter_typed_in_a_field_is_a_letter(desk):
    desk.page.keyboard.press("e")
    desk.page.keyboard.press("End")
    desk.page.keyboard.type("nnn")

    assert desk.page.locator("textarea[name=text]").input_value().endswith("nnn")


def test_tab_goes_through_the_page_in_order_and_the_place_is_seen(desk):
    places: list[str] = []
    unseen: list[str] = []
    while len(places) < 200:
        desk.page.keyboard.press("Tab")
        if desk.page.evaluate(WHERE):
            break
        places.append(desk.page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
        if not desk.page.evaluate(RING):
            unseen.append(places[-1])

    assert "skip" in places[0]
    assert unseen == []
    assert any("data-confirm-review" in place for place in places)
