"""Changes of an account: asked for again, told by letter to the old address, stopped by its link. Sessions."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from actors.models import AccountChange, Invitation, Letter, SecurityEvent
from actors.people import account_changes
from tests import factories as make
from tests.actors.people.test_accounts import PASSWORD, sign_in

ASKED = "/konto/reauthenticate/"
NEW_PASSWORD = "fyra-ord-om-mossa-2026"


@pytest.fixture
def stolen(ake, ostberga):
    """Åke's session in somebody else's hands: signed in long ago, with a passkey."""
    EmailAddress.objects.create(user=ake, email=ake.email, verified=True, primary=True)
    client = Client()
    client.force_login(ake)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "webauthn", "at": 0.0}]
    session["account_authentication_methods_user"] = str(ake.pk)
    session.save()
    return client


def stop_link(to):
    """The path of the link in the newest letter to the address that stops a change."""
    return re.findall(r"https?://[^/\s]+(/konto/stoppa/\S+)", letters_that_stop(to)[0].text)[0]


def letters_that_stop(to):
    """The letters to the address with a link that stops a change, newest first."""
    return [letter for letter in Letter.objects.filter(to=to) if "/konto/stoppa/" in letter.text]


def change_address(browser, link_in_letter, to="tjuven@example.se"):
    browser.post("/konto/email/", {"email": to, "action_add": "1"})
    browser.post(link_in_letter(to))


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/konto/email/", {"email": "tjuven@example.se", "action_add": "1"}),
        ("/konto/2fa/totp/activate/", {"code": "000000"}),
        ("/konto/2fa/recovery-codes/generate/", {}),
        ("/samordna/ostberga/personer/bjud-in/", {"email": "tjuven@example.se", "name": "Tjuven"}),
        ("/samordna/ostberga/personer/overlamna/", {"role": "deputy"}),
        ("/samordna/ostberga/personer/ersattare/avsluta/", {}),
        ("/samordna/ostberga/parter/1/lamnar/", {}),
        ("/samordna/ostberga/parter/utanfor/1/ta-bort/", {}),
    ],
)
def test_a_borrowed_session_changes_nothing_that_gives_power(stolen, path, typed):
    answer = stolen.post(path, typed)

    assert answer.headers["Location"].startswith(ASKED)
    assert (EmailAddress.objects.count(), Authenticator.objects.count(), Invitation.objects.count()) == (1, 0, 0)


def test_the_password_given_again_carries_out_what_was_sent(stolen):
    typed = {"email": "iman@ostberga.example", "name": "Iman"}
    asked = stolen.post("/samordna/ostberga/personer/bjud-in/", typed).headers["Location"]
    key = stolen.session.session_key

    answer = stolen.post(asked, {"password": PASSWORD, "next": "/samordna/ostberga/personer/bjud-in/"})

    assert answer.headers["Location"] == "/samordna/ostberga/personer/"
    assert Invitation.objects.get().email == "iman@ostberga.example"
    assert stolen.session.session_key != key


def test_a_wrong_password_does_not(stolen):
    asked = stolen.post("/samordna/ostberga/personer/bjud-in/", {"email": "anna@example.se", "name": "A"}).headers[
        "Location"
    ]

    assert stolen.post(asked, {"password": "fel"}).status_code == 200
    assert Invitation.objects.count() == 0


def test_a_password_is_changed_with_the_old_one_only(ake, browse):
    browser = browse(ake)
    new = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    assert "inte ditt nuvarande" in browser.post("/konto/password/change/", {"oldpassword": "fel", **new}).text
    assert browser.post("/konto/password/change/", {"oldpassword": PASSWORD, **new}).status_code == 302


def test_the_old_address_stops_the_change_and_gets_the_account_back(ake, browse, link_in_letter):
    EmailAddress.objects.create(user=ake, email=ake.email, verified=True, primary=True)
    old, thief = ake.email, browse(ake)
    change_address(thief, link_in_letter)
    ake.refresh_from_db()
    assert ake.email == "tjuven@example.se"

    link = stop_link(old)
    assert "Alla inloggningar avslutas" in browse().get(link).text
    assert AccountChange.objects.filter(stopped_at=None).exists()
    browse().post(link)

    ake.refresh_from_db()
    assert (ake.email, ake.has_usable_password()) == (old, False)
    assert thief.get("/mitt/").headers["Location"].startswith("/konto/login/")
    assert SecurityEvent.objects.filter(who=ake, kind="change_stopped").count() == 1


def test_stopping_any_change_closes_the_way_to_an_address_that_waits(ake, browse, link_in_letter):
    EmailAddress.objects.create(user=ake, email=ake.email, verified=True, primary=True)
    owner, thief = ake.email, browse(ake)
    thief.post("/konto/email/", {"email": "tjuven@example.se", "action_add": "1"})
    waiting = link_in_letter("tjuven@example.se")
    new = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    thief.post("/konto/password/change/", new)
    browse().post(stop_link(owner))

    browse().post(waiting)

    ake.refresh_from_db()
    assert (ake.email, [each.email for each in EmailAddress.objects.filter(user=ake)]) == (owner, [owner])


def test_an_address_that_was_never_verified_is_told_of_the_change_too(ake, browse, link_in_letter):
    EmailAddress.objects.create(user=ake, email=ake.email, verified=False, primary=True)
    old, browser = ake.email, browse(ake)
    assert "väntar på att du bekräftar" not in browser.get("/konto/email/").text

    change_address(browser, link_in_letter)
    ake.refresh_from_db()
    assert ake.email == "tjuven@example.se"
    browse().post(stop_link(old))
    ake.refresh_from_db()
    assert ake.email == old


def test_what_came_after_goes_too_and_the_thiefs_own_link_is_dead(ake, browse, link_in_letter):
    EmailAddress.objects.create(user=ake, email=ake.email, verified=True, primary=True)
    own = Authenticator.objects.create(user=ake, type="webauthn", data={"name": "Åkes", "credential": {}})
    old, thief = ake.email, browse(ake)
    change_address(thief, link_in_letter)
    account_changes.write_down(user=ake, kind="factor_removed", factor_type="webauthn", factor_data=own.data)
    own.delete()
    theirs = Authenticator.objects.create(user=ake, type="totp", data={"secret": "x"})
    account_changes.write_down(user=ake, kind="factor_added", factor_type="totp", factor_key=theirs.pk)
    dead = stop_link("tjuven@example.se")
    first = AccountChange.objects.earliest("pk")

    account_changes.stop(first)

    assert [(kept.type, kept.data["name"]) for kept in Authenticator.objects.filter(user=ake)] == [("webauthn", "Åkes")]
    assert browse().post(dead).status_code == 410
    assert len(letters_that_stop(old)) == 3


def test_the_link_works_once_and_for_a_week(ake, browse):
    account_changes.write_down(user=ake, kind="password")
    link = stop_link(ake.email)
    AccountChange.objects.update(at=timezone.now() - dt.timedelta(days=7))
    assert browse().get(link).status_code == 410

    AccountChange.objects.update(at=timezone.now())
    assert [browse().post(link).status_code for _ in range(2)] == [200, 410]


def test_old_changes_are_forgotten(ake):
    account_changes.write_down(user=ake, kind="password")
    account_changes.write_down(user=ake, kind="password")
    AccountChange.objects.filter(pk=AccountChange.objects.earliest("pk").pk).update(
        at=timezone.now() - dt.timedelta(days=8)
    )

    assert (account_changes.forget_old_changes(), AccountChange.objects.count()) == (1, 1)


def test_a_new_password_ends_the_sessions_elsewhere_and_is_told(stranger, browse):
    here, elsewhere = browse(), browse()
    sign_in(here, stranger)
    sign_in(elsewhere, stranger)
    new = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    here.post("/konto/password/change/", new)

    assert (here.get("/mitt/").status_code, elsewhere.get("/mitt/").status_code) == (200, 302)
    assert "bytte lösenord" in Letter.objects.get(to=stranger.email).text


def test_sessions_are_listed_without_addresses_and_can_be_ended(stranger, browse):
    firefox = "Mozilla/5.0 (X11; Windows NT 10.0) Gecko/20100101 Firefox/140.0"
    here, elsewhere = browse(headers={"user-agent": firefox}), browse()
    sign_in(here, stranger)
    sign_in(elsewhere, stranger)
    page = here.get("/konto/sessions/")
    assert "Firefox, Windows" in page.text
    assert set(UserSession.objects.values_list("ip", "user_agent")) == {
        ("::", "Firefox, Windows"),
        ("::", "Okänd webbläsare"),
    }

    here.post("/konto/sessions/")

    assert (here.get("/mitt/").status_code, elsewhere.get("/mitt/").status_code) == (200, 302)


def test_an_account_that_is_closed_is_signed_out(stranger, browse):
    browser = browse()
    sign_in(browser, stranger)
    stranger.is_active = False
    stranger.save()

    assert browser.get("/mitt/").headers["Location"].startswith("/konto/login/")


def test_a_session_ends_with_the_working_day(stranger, browse):
    browser = browse()
    sign_in(browser, stranger)
    session = browser.session
    session["signed_in_at"] -= 12 * 3600 - 60
    session.save()
    assert browser.get("/mitt/").status_code == 200

    session["signed_in_at"] -= 61
    session.save()

    assert browser.get("/mitt/").headers["Location"].startswith("/konto/login/")


def test_every_page_for_staff_lets_one_sign_out(ake, ostberga, browse):
    pages = ["/mitt/", "/samordna/ostberga/personer/", "/konto/email/", "/konto/2fa/"]

    assert ["/konto/logout/" in browse(ake).get(page).text for page in pages] == [True] * 4


@pytest.mark.parametrize("path", ["/konto/2fa/", "/konto/sessions/", "/konto/email/", "/konto/password/change/"])
def test_pages_of_the_account_are_not_kept_by_the_browser(ake, browse, path):
    assert "no-store" in browse(ake).get(path).headers["Cache-Control"]


def test_an_address_that_another_has_is_answered_as_any_and_told_by_letter(ake, tova, stranger, browse):
    def answer(user, typed):
        browser = browse(user)
        browser.post("/konto/email/", {"email": typed, "action_add": "1"})
        return browser.get("/konto/email/").text.replace(typed, "…").replace(user.email, "…").replace(user.name, "…")

    taken, free = answer(ake, tova.email), answer(stranger, "ledig@ostberga.example")

    main = [page.partition("<main")[2].partition("</main>")[0] for page in (taken, free)]
    assert re.sub(r'value="[^"]+"', "", main[0]) == re.sub(r'value="[^"]+"', "", main[1])
    assert "väntar på att du bekräftar" in main[0]
    (letter,) = Letter.objects.filter(to=tova.email)
    assert ("har redan ett" in letter.text, "/konto/confirm-email/" in letter.text) == (True, False)


def test_an_address_that_got_an_account_before_it_was_confirmed_is_not_taken(ake, browse, link_in_letter):
    EmailAddress.objects.create(user=ake, email=ake.email, verified=True, primary=True)
    old, browser = ake.email, browse(ake)
    browser.post("/konto/email/", {"email": "ny@ostberga.example", "action_add": "1"})
    make.user("Ny@ostberga.example", name="Ny")

    page = browser.post(link_in_letter("ny@ostberga.example"), follow=True)

    ake.refresh_from_db()
    assert (page.status_code, ake.email) == (200, old)
    assert "annat konto" not in page.text


def test_stopping_a_change_of_an_address_that_another_has_closes_the_account(ake, browse, link_in_letter):
    EmailAddress.objects.create(user=ake, email=ake.email, verified=True, primary=True)
    old, thief = ake.email, browse(ake)
    change_address(thief, link_in_letter)
    link = stop_link(old)
    make.user(old, name="Annan")

    page = browse().post(link)

    ake.refresh_from_db()
    assert (page.status_code, ake.is_active, ake.has_usable_password()) == (200, False, False)
    assert thief.get("/mitt/").headers["Location"].startswith("/konto/login/")
    assert "annat konto" not in page.text
    assert "hör nu till ett annat konto" in Letter.objects.filter(to=old)[0].text
