"""Every page that anyone can reach, at 360 px: no axe violation, nothing too wide, no error, nobody else asked.

The pages are found by following links, as a person would. An address that nobody reaches fails the test too.
"""

import time

import pytest
from allauth.mfa.totp.internal.auth import hotp_value
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from actors.models import User
from tests import factories as make
from tests.actors.people.city_login.city import LOGIN, configure
from tests.browser import authority, hands, listening, world
from tests.browser.crawling import Crawl, Walker, pages_of_the_house

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ACCOUNT = ["account_login", "account_reset_password", "account_reset_password_done", "account_signup",
           "account_inactive", "account_reset_password_from_key_done", "socialaccount_login_cancelled"]  # fmt: skip
SIGNED_IN = ["account-name", "account_change_password", "account_email", "account_reauthenticate", "account_logout",
             "mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
             "socialaccount_connections"]  # fmt: skip
# For machines, a part of a page, and a file that is there only just after rows were refused.
NOT_PAGES = {"health", "minutes-lines", "robots", "sitemap", "dialogue:calendar", "dialogue:news-feed"}
NOT_PAGES |= {"my-calendar-file", "coordinate:import-not-saved"}


@pytest.fixture
def crawl(live_server, settings, monkeypatch):
    settings.DEMO = True
    configure(monkeypatch, settings, "https://login.stad.example", ACR="")
    return Crawl(live_server.url)


@pytest.fixture
def walker(crawl, open_browser):
    """`walker("Tova", email)` has signed in through the door; `walker("Amina", only="/ar/")` reads Arabic."""

    def begin(who, email="", only=""):
        person = Walker(crawl, who, open_browser(), only)
        if email:
            hands.sign_in(person.page, email)
            person.page.wait_for_url("**/mitt/")
        return person

    return begin


def amina(walker, places):
    """Nobody in particular: all that is public, a form sent empty and then with words, and her receipt."""
    person = walker("Amina")
    person.walk(["/", "/svara/trivsel/", "/folj/", "/folj/tack/", "/kvitto/", "/brev/", *places.everyone])
    person.walk([*(reverse(name) for name in ACCOUNT), LOGIN, reverse("signed-out")])
    person.open("/grunda/", 410)
    person.open(f"{LOGIN}callback/", 401)
    for path, status in {"/finns-inte/": 404, "/svara/finns-inte/": 404, "/konto/3rdparty/login/error/": 401}.items():
        person.open(path, status)
    answer(person, "/svara/trivsel/")
    what_came_of_it(person, "/kvitto/", places.code)


def registries_and_owners(walker, places):
    """Those who got a link in a letter: each link, what its button leads to, and the link once it is used."""
    person = walker("Registratorn")
    for question in places.questions:
        person.open(question.path)
        person.send(person.page.get_by_role("button", name=question.button, exact=True))
        person.look()
        person.open(question.path, question.when_used)


def arabic_amina(walker, places):
    person = walker("Amina på arabiska", only="/ar/")
    person.walk(["/ar/", "/ar/svara/trivsel/", "/ar/folj/", "/ar/folj/tack/", "/ar/kvitto/"])
    answer(person, "/ar/svara/trivsel/")
    what_came_of_it(person, "/ar/kvitto/", places.code)


def what_came_of_it(walker, door, code):
    """The receipt of an answer that led to something."""
    walker.page.context.clear_cookies()
    walker.page.goto(door)
    walker.page.locator("input[name=kod]").fill(code)
    walker.send(walker.page.locator("main button[type=submit]").first)
    walker.page.wait_for_selector("#feeds-heading")
    walker.look()


def answer(walker, door):
    walker.page.goto(door)
    walker.send(walker.page.locator("button[data-send]"))
    walker.page.wait_for_selector("[data-errors]")
    walker.look()
    walker.page.locator("textarea").first.fill("Mer ljus på gångvägen.")
    walker.send(walker.page.locator("button[data-send]"))
    walker.page.wait_for_url("**/kvitto/")
    walker.look()
    code = walker.page.locator("#code").inner_text()
    walker.page.context.clear_cookies()
    walker.page.goto(walker.page.url)
    walker.page.locator("input[name=kod]").fill(code)
    walker.send(walker.page.locator("main button[type=submit]").first)
    walker.look()


def boende(walker):
    """Someone with an account and no place: her desk, her account, and signing in with a code from now on."""
    person = walker("Boende", world.RESIDENT)
    person.open(reverse("mfa_activate_totp"))
    secret = person.page.locator("code").inner_text()
    person.page.get_by_label("Kod").fill(f"{hotp_value(secret, int(time.time()) // 30):06}")
    person.page.get_by_role("button", name="Slå på").click()
    person.page.wait_for_url("**/recovery-codes/**")
    person.look()
    SocialAccount.objects.create(user=User.objects.get(email=world.RESIDENT), provider="stad", uid="a7f3")
    person.walk(["/mitt/", *map(reverse, SIGNED_IN), reverse("city-login-again", args=["stad"])])
    person.page.context.clear_cookies()
    hands.sign_in(person.page, world.RESIDENT)
    person.page.wait_for_url("**/authenticate/")
    person.look()


def ake(walker, places):
    """The coordinator: her whole workshop, a conversation with its slip, rows to judge, and a refusal."""
    person = walker("Åke", world.COORDINATOR)
    person.open(reverse("my-calendar"))
    person.send(person.page.get_by_role("button", name="Gör en adress"))
    person.look()
    person.walk(["/mitt/", "/samordna/ostberga/", *places.coordinator])
    hands.Desk(person.page, "ostberga").write_down("Vi pratade om ljus.", residents=7)
    person.look()
    person.page.goto(places.rows)
    person.page.locator("main textarea").fill("Vad\tHur\nMer ljus\tx")
    person.send(person.page.locator("main button[type=submit]"))
    person.look()
    person.page.goto(places.refused)
    person.page.get_by_role("button", name="Gör rapport").click()
    person.page.wait_for_url("**/gor/")
    person.look()


@pytest.fixture
def all_pages(browse):
    """The names of every address of ours that is a page."""
    return lambda: pages_of_the_house(browse(User.objects.get(email=world.COORDINATOR)), "ostberga")


def test_every_page_of_everyone(crawl, walker, all_pages):
    places = world.build()
    amina(walker, places)
    registries_and_owners(walker, places)
    arabic_amina(walker, places)
    boende(walker)
    walker("Tova", world.OFFICIAL).walk(["/mitt/", "/mitt/organisation/", *places.official])
    walker("Kodaren", listening.CODER).walk(["/mitt/", "/samordna/ostberga/koda-igen/"])
    walker("Dataskyddsombudet", authority.PROTECTION_OFFICER).walk(["/mitt/", reverse("security-log")])
    make.organisation("Parkbolaget", slug="parkbolaget", kind="municipal_company", registry_email="")
    walker("Administratören", authority.ADMINISTRATOR).walk(["/mitt/", reverse("site-letters")])
    ake(walker, places)

    assert not crawl.faults, "\n\n" + crawl.report()
    assert " ".join(sorted(all_pages() - crawl.seen - NOT_PAGES)) == ""
