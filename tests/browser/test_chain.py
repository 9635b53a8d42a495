"""From an answer and an interview to a published report, in a real browser."""

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from surveys.models import Statement
from tests.browser.hands import Desk, answer, sign_in
from tests.workers import workers

pytestmark = [pytest.mark.browser, pytest.mark.slow]
COMPUTER = {"viewport": {"width": 1280, "height": 800}, "is_mobile": False, "has_touch": False}
SAID = "Gången mellan skolan och bussen är mörk."
NOTES = f"{SAID} Ring mig på 070-174 06 05. Det vore fint med en bänk."
WRITTEN = "Sätt upp fler lampor vid stråket."
WE = "Vi som vill se vägen"


@pytest.fixture
def door(form, autumn, talk):
    return f"/svara/{form.channels.get().code}/"


@pytest.fixture
def _worker(live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with workers(settings) as start:
        yield start()


def desk_of(page: Page, ake, ostberga) -> Desk:
    sign_in(page, ake.email)
    page.wait_for_url("**/mitt/")
    return Desk(page, ostberga.slug)


@pytest.fixture
def phone_desk(open_browser, ake, ostberga):
    return desk_of(open_browser(), ake, ostberga)


@pytest.fixture
def desk(open_browser, ake, ostberga):
    return desk_of(open_browser(**COMPUTER), ake, ostberga)


def words_of_the_pdf(page: Page) -> str:
    """What a resident reads in the file that she fetches from the public page."""
    page.goto("/ostberga/rapporter/")
    page.get_by_role("link", name="Så säger vi").click()
    link = page.get_by_role("link", name="Ladda ner som PDF").get_attribute("href")
    assert link
    fetched = page.context.request.get(link)
    pages = PdfReader(io.BytesIO(fetched.body())).pages
    return " ".join(" ".join(page_of_pdf.extract_text() for page_of_pdf in pages).split())


@pytest.mark.usefixtures("_worker")
def test_what_was_said_and_what_was_written_end_in_a_pdf(phone, phone_desk, desk, door):
    answer(phone, door, WRITTEN)
    phone_desk.write_down(NOTES, residents=14)
    desk.read(SAID)
    desk.cut(f"{SAID} Ring mig på 070-174 06 05.")
    desk.confirm()
    desk.new_perspective(WE)
    desk.read(WRITTEN)
    desk.confirm()
    desk.attach(WE)
    compose(desk)
    desk.make()
    desk.publish()
    text = words_of_the_pdf(phone)
    assert (SAID in text, WRITTEN in text, "174 06 05" in text) == (True, True, False)


def compose(desk: Desk) -> None:
    desk.new_theme("Ljus", WE)
    desk.compose("Så säger vi")


@pytest.fixture
def plain_desk(open_browser, ake, ostberga):
    return desk_of(open_browser(java_script_enabled=False, **COMPUTER), ake, ostberga)


@pytest.mark.usefixtures("_worker")
def test_all_of_it_without_scripts(plain_desk, open_browser, door):
    resident, desk = open_browser(java_script_enabled=False), plain_desk
    answer(resident, door, WRITTEN)
    desk.write_down("Vi pratade om ljus.", residents=14)
    desk.read(WRITTEN)
    desk.confirm()
    desk.new_perspective(WE)
    assert Statement.objects.publishable().get().text == WRITTEN
    compose(desk)
    desk.make_without_scripts()
    desk.publish()

    assert WRITTEN in words_of_the_pdf(resident)
