"""Amina answers in a real browser: on a phone, in Arabic, without JavaScript, offline."""

import contextlib

import pytest
from playwright.sync_api import Error

from surveys.models import Answer, Response
from surveys.rules.questions import QuestionKind
from tests import factories as make
from tests.lossy_proxy import lossy_proxy

pytestmark = pytest.mark.browser
WORDS = "Mer ljus på gångvägen."
SEND = "Skicka svaret"


@pytest.fixture
def door(form, autumn, talk):
    make.question(form, QuestionKind.SCALE)
    lives_here = {"value": "boende", "text": {"sv": "Jag bor här"}}
    make.question(form, QuestionKind.ONE_CHOICE, background="role", options=[lives_here])
    return f"/svara/{form.channels.get().code}/"


def write(page, door, words=WORDS):
    page.goto(door)
    page.locator("textarea").first.fill(words)


def kept(page):
    return page.evaluate("Object.keys(localStorage)")


def test_she_answers_and_gets_a_code_to_photograph(phone, door):
    write(phone, door)
    phone.get_by_label("Jag bor här").check()
    phone.get_by_role("button", name=SEND).click()

    phone.wait_for_url("**/kvitto/")
    assert len(phone.locator("#code").inner_text()) == 11
    assert sorted(answer.text for answer in Answer.objects.all()) == ["", WORDS]
    assert kept(phone) == []


def test_no_cookie_before_she_sends(phone, door):
    phone.goto(door)

    assert phone.context.cookies() == []
    assert kept(phone) == []


def test_it_works_without_scripts(open_browser, door):
    page = open_browser(java_script_enabled=False)
    write(page, door, " ")
    page.get_by_role("button", name=SEND).click()
    assert page.get_by_role("alert").get_by_text("Svaret är inte skickat än").is_visible()
    page.locator("textarea").first.fill(WORDS)
    page.get_by_role("button", name=SEND).click()

    page.wait_for_url("**/kvitto/")
    assert Response.objects.count() == 1


def test_errors_take_the_focus_and_lead_to_the_field(phone, door):
    phone.goto(door)
    phone.get_by_role("button", name=SEND).click()

    phone.wait_for_selector("[data-errors]:focus")
    phone.locator("[data-errors] a").first.click()
    assert phone.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_in_arabic_the_page_runs_from_right_to_left(phone, door):
    write(phone, f"/ar{door}", "الممر مظلم في المساء.")
    assert phone.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.locator("[data-send]").click()

    phone.wait_for_url("**/ar/kvitto/")
    assert Response.objects.get().language == "ar"


def test_a_connection_lost_while_sending_loses_nothing(phone, door):
    write(phone, door)
    phone.context.set_offline(True)
    phone.get_by_role("button", name=SEND).click()
    phone.get_by_text("Det finns ingen uppkoppling just nu.").wait_for()
    assert len(kept(phone)) == 1
    phone.context.set_offline(False)

    phone.wait_for_url("**/kvitto/")
    assert Answer.objects.get().text == WORDS
    assert kept(phone) == []


def test_an_answer_that_arrived_though_the_phone_never_heard_is_stored_once(phone, door):
    write(phone, door)
    lost = []

    def deliver_but_lose_the_answer(route):
        lost.append(route.fetch(max_redirects=0))
        route.abort()

    phone.route(f"**{door}*", deliver_but_lose_the_answer, times=1)
    phone.get_by_role("button", name=SEND).click()

    phone.wait_for_url("**/kvitto/")
    assert len(lost) == 1
    assert Response.objects.count() == 1


def test_an_answer_left_in_the_tunnel_is_sent_when_the_form_is_opened_again(phone, door):
    # Every sending is stopped, not the whole network: a page that is being left can slip one past `set_offline`.
    write(phone, door)

    def tunnel(route):
        return route.abort() if route.request.method == "POST" else route.continue_()

    phone.route(f"**{door}*", tunnel)
    phone.get_by_role("button", name=SEND).click()
    phone.get_by_text("Det finns ingen uppkoppling just nu.").wait_for()
    phone.goto("about:blank")
    phone.unroute(f"**{door}*", tunnel)
    phone.goto(door)

    phone.wait_for_url("**/kvitto/")
    assert Answer.objects.get().text == WORDS


def test_what_waits_can_be_taken_off_the_phone(phone, door):
    write(phone, door)
    phone.context.set_offline(True)
    phone.get_by_role("button", name=SEND).click()
    phone.get_by_role("button", name="Ta bort det från telefonen").click()
    assert kept(phone) == []
    phone.context.set_offline(False)
    phone.reload()

    assert Response.objects.count() == 0


def test_a_double_tap_sends_once(phone, door):
    posts = []
    phone.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    write(phone, door)
    phone.get_by_role("button", name=SEND).dblclick()

    phone.wait_for_url("**/kvitto/")
    assert len(posts) == 1
    assert Response.objects.count() == 1


def test_a_draft_is_kept_only_when_asked_for_and_goes_when_sent(phone, door):
    write(phone, door)
    assert kept(phone) == []
    phone.get_by_label("Spara utkast på den här telefonen").check()
    phone.reload()
    assert phone.locator("textarea").first.input_value() == WORDS
    phone.get_by_role("button", name=SEND).click()

    phone.wait_for_url("**/kvitto/")
    assert kept(phone) == []


def test_a_draft_is_gone_after_a_day(phone, door):
    phone.clock.install()
    write(phone, door)
    phone.get_by_label("Spara utkast på den här telefonen").check()
    phone.clock.run_for("01")  # what was written last is in the draft
    assert kept(phone) != []
    phone.clock.fast_forward("25:00:00")
    phone.reload()

    assert phone.locator("textarea").first.input_value() == ""
    assert kept(phone) == []


def test_the_next_person_goes_back_to_an_empty_form(phone, door):
    write(phone, door)
    phone.get_by_role("button", name=SEND).click()
    phone.wait_for_url("**/kvitto/")
    phone.go_back()
    assert phone.locator("textarea").first.input_value() == ""
    phone.locator("textarea").first.fill("En bänk halvvägs.")
    phone.get_by_role("button", name=SEND).click()

    phone.wait_for_url("**/kvitto/")
    assert Response.objects.count() == 2


def test_back_after_a_lost_reply_shows_the_same_page_so_that_nothing_is_stored_twice(open_browser, door, live_server):
    page = open_browser(java_script_enabled=False)
    with lossy_proxy(live_server.url) as proxy:
        page.goto(f"{proxy.url}/om/")
        write(page, proxy.url + door)
        key = page.locator("[name=nyckel]").input_value()
        with contextlib.suppress(Error):  # the browser's own page: no answer came
            page.get_by_role("button", name=SEND).click()
            page.wait_for_url("chrome-error://**", timeout=3000)
        assert Response.objects.count() == 1
        proxy.loses = False
        page.go_back()

        assert page.locator("[name=nyckel]").input_value() == key
        assert page.locator("textarea").first.input_value() == WORDS
        page.get_by_role("button", name=SEND).click()
        page.wait_for_url("**/kvitto/")
    assert Response.objects.count() == 1


def test_back_from_the_receipt_and_send_again_is_the_same_answer_without_scripts_too(open_browser, door):
    page, codes = open_browser(java_script_enabled=False), []
    write(page, door)
    for _ in range(2):
        page.get_by_role("button", name=SEND).click()
        page.wait_for_url("**/kvitto/")
        codes.append(page.locator("#code").inner_text())
        page.go_back()
        assert page.locator("textarea").first.input_value() == WORDS

    assert (len(set(codes)), Response.objects.count()) == (1, 1)


@pytest.mark.parametrize("scripts", [True, False])
def test_another_language_takes_the_words_along(open_browser, door, scripts):
    page = open_browser(java_script_enabled=scripts)
    write(page, door)
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/en/svara/**")

    assert page.locator("textarea").first.input_value() == WORDS
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("[data-send]").click()
    page.wait_for_url("**/kvitto/")
    assert Answer.objects.filter(response__language="en").exists()
