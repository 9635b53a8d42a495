"""Every page that anyone can reach, at 360 px: no axe violation, nothing too wide, no error, nobody else asked.

The pages are found by following links, as a person would. An address that nobody reaches fails the test too.
"""

import time

import pytest
from allauth.mfa.totp.internal.auth import hotp_value
from django.urls import reverse

from actors.models import User
from tests.browser import hands, world
from tests.browser.crawling import Crawl, Walker, pages_of_the_house

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ACCOUNT = ["account_login", "account_reset_password", "account_reset_password_done", "account_signup",
           "account_inactive", "account_reset_password_from_key_done", "socialaccount_login_cancelled"]  # fmt: skip
SIGNED_IN = ["account_change_password", "account_email", "account_reauthenticate", "account_logout", "mfa_index",
             "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
             "socialaccount_connections"]  # fmt: skip
# For machines, and a part of a page.
NOT_PAGES = {"health", "minutes-lines"}


@pytest.fixture
def crawl(live_server, settings):
    settings.DEMO = True
    return Crawl(live_server.url)


@pytest.fixture
def walker(crawl, open_browser):
    """`walker("Tova", email)` has signed in through the door; `walker("Amina", only="/ar/")` reads Arabic."""

    def begin(who, email="", only=""):
        one = Walker(crawl, who, open_browser(), only)
        if email:
            hands.sign_in(one.page, email)
            one.page.wait_for_url("**/mitt/")
        return one

    return begin


def amina(walker, places):
    """Nobody in particular: all that is public, a form sent empty and then with words, and her receipt."""
    one = walker("Amina")
    one.walk(["/", "/svara/trivsel/", "/folj/", "/folj/tack/", "/kvitto/", "/brev/", *places.everyone])
    one.walk([reverse(name) for name in ACCOUNT])
    for path, status in {"/finns-inte/": 404, "/svara/finns-inte/": 404, "/konto/3rdparty/login/error/": 401}.items():
        one.open(path, status)
    answer(one, "/svara/trivsel/")
    what_came_of_it(one, "/kvitto/", places.code)


def arabic_amina(walker, places):
    one = walker("Amina på arabiska", only="/ar/")
    one.walk(["/ar/", "/ar/svara/trivsel/", "/ar/folj/", "/ar/folj/tack/", "/ar/kvitto/"])
    answer(one, "/ar/svara/trivsel/")
    what_came_of_it(one, "/ar/kvitto/", places.code)


def what_came_of_it(one, door, code):
    """The receipt of an answer that led to something."""
    one.page.context.clear_cookies()
    one.page.goto(door)
    one.page.locator("input[name=kod]").fill(code)
    one.page.locator("main button[type=submit]").first.click()
    one.page.wait_for_selector("#feeds-heading")
    one.look()


def answer(one, door):
    one.page.goto(door)
    one.page.locator("button[data-send]").click()
    one.page.wait_for_selector("[data-errors]")
    one.look()
    one.page.locator("textarea").first.fill("Mer ljus på gångvägen.")
    one.page.locator("button[data-send]").click()
    one.page.wait_for_url("**/kvitto/")
    one.look()
    code = one.page.locator("#code").inner_text()
    one.page.context.clear_cookies()
    one.page.goto(one.page.url)
    one.page.locator("input[name=kod]").fill(code)
    one.page.locator("main button[type=submit]").first.click()
    one.look()


def boende(walker):
    """Someone with an account and no place: her desk, her account, and signing in with a code from now on."""
    one = walker("Boende", world.RESIDENT)
    one.open(reverse("mfa_activate_totp"))
    one.page.get_by_label("Lösenord").fill(world.PASSWORD)
    one.page.locator("main form button[type=submit]").first.click()
    one.page.wait_for_url("**/activate/")
    one.look()
    secret = one.page.locator("code").inner_text()
    one.page.get_by_label("Kod").fill(f"{hotp_value(secret, int(time.time()) // 30):06}")
    one.page.get_by_role("button", name="Slå på").click()
    one.page.wait_for_url("**/recovery-codes/**")
    one.look()
    one.walk(["/mitt/", *map(reverse, SIGNED_IN)])
    one.page.context.clear_cookies()
    hands.sign_in(one.page, world.RESIDENT)
    one.page.wait_for_url("**/authenticate/")
    one.look()


def ake(walker, places):
    """The coordinator: her whole workshop, a conversation with its slip, rows to judge, and a refusal."""
    one = walker("Åke", world.COORDINATOR)
    one.walk(["/mitt/", "/samordna/ostberga/", *places.coordinator])
    hands.Desk(one.page, "ostberga").write_down("Vi pratade om ljus.", residents=7)
    one.look()
    one.page.goto(places.rows)
    one.page.locator("main textarea").fill("Vad\tHur\nMer ljus\tx")
    one.page.locator("main button[type=submit]").click()
    one.look()
    one.page.goto(places.refused)
    one.page.get_by_role("button", name="Gör rapport").click()
    one.page.wait_for_url("**/gor/")
    one.look()


@pytest.fixture
def all_pages(browse):
    """The names of every address of ours that is a page."""
    return lambda: pages_of_the_house(browse(User.objects.get(email=world.COORDINATOR)), "ostberga")


def test_every_page_of_everyone(crawl, walker, all_pages):
    places = world.build()
    amina(walker, places)
    arabic_amina(walker, places)
    boende(walker)
    walker("Tova", world.OFFICIAL).walk(["/mitt/", "/mitt/organisation/", *places.official])
    ake(walker, places)

    assert not crawl.faults, "\n\n" + crawl.report()
    assert " ".join(sorted(all_pages() - crawl.seen - NOT_PAGES)) == ""
