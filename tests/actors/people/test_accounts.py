"""Signing in, passwords, two-factor authentication: all in Swedish."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from actors.models import Letter

PASSWORD = "ostberga-demo"
OPEN_PAGES = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
]
OWN_PAGES = [
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "socialaccount_connections",
]
ENGLISH = re.compile(r"\b(password|email|sign in|sign out|the|your|account|you)\b", re.I)


def words_of(response):
    """The text of the page, without tags and e-mail addresses."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\S+@\S+", "", re.sub(r"<[^>]*>", " ", main))


def sign_in(browser, user, password=PASSWORD, **more):
    return browser.post("/konto/login/", {"login": user.email, "password": password, **more})


def in_code(page):
    """The first <code> of the page: a TOTP key or a recovery code."""
    return re.findall(r"<code[^>]*>(\w+)</code>", page)[0]


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_an_official_signs_in_with_her_password(tova, amina):
    answer = sign_in(amina, tova)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/mitt/")


def test_she_comes_back_to_the_page_she_wanted(ake, amina):
    wanted = reverse("coordinate:letters", args=["ostberga"])
    login = amina.get(wanted).headers["Location"]

    page = amina.get(login).content.decode()
    assert f'name="next" value="{wanted}"' in page
    assert sign_in(amina, ake, next=wanted).headers["Location"] == wanted


def test_a_wrong_password_is_said_in_swedish_and_the_address_stays(tova, amina):
    page = sign_in(amina, tova, "fel").content.decode()

    assert "E-postadressen eller lösenordet stämmer inte." in page
    assert 'value="trafik@ostberga.example"' in page


def test_too_many_tries_close_that_account_and_no_other(tova, polly, browse):
    for _ in range(12):
        sign_in(browse(), tova, "fel")

    assert "Vänta fem minuter" in sign_in(browse(), tova).content.decode()
    assert sign_in(browse(), polly).status_code == 302


def test_a_forgotten_password_is_chosen_anew(tova, amina, link_in_letter):
    amina.post("/konto/password/reset/", {"email": tova.email}, follow=True)
    form = amina.get(link_in_letter(tova.email), follow=True)
    new = {"password1": "nya-gatlyktor-2026", "password2": "nya-gatlyktor-2026"}
    amina.post(form.redirect_chain[-1][0], new)

    assert sign_in(amina, tova, "nya-gatlyktor-2026").status_code == 302


def test_nobody_learns_who_has_an_account_and_nobody_without_one_gets_a_letter(db, amina):
    answer = amina.post("/konto/password/reset/", {"email": "ingen@example.se"}, follow=True)

    assert "Brevet är på väg" in words_of(answer)
    assert Letter.objects.count() == 0


@pytest.fixture
def switch_on_two_steps(transactional_db):
    """A function that signs in and adds an app with codes. It returns the page with recovery codes.

    With real commits, since allauth tells of a new factor after commit.
    """

    def switch_on(browser, user):
        sign_in(browser, user)
        page = browser.get("/konto/2fa/totp/activate/").content.decode()
        assert 'src="data:image/svg+xml;base64,' in page
        browser.post("/konto/2fa/totp/activate/", {"code": code_for(in_code(page))})
        return browser.get("/konto/2fa/recovery-codes/").content.decode()

    return switch_on


def test_two_steps_are_switched_on_and_then_asked_for(tova, browse, switch_on_two_steps):
    switch_on_two_steps(browse(), tova)

    again = browse()
    assert sign_in(again, tova).headers["Location"] == "/konto/2fa/authenticate/"
    assert "Koden stämmer inte" in again.post("/konto/2fa/authenticate/", {"code": "000000"}).content.decode()


def test_reserve_codes_open_too(tova, browse, switch_on_two_steps):
    reserve = in_code(switch_on_two_steps(browse(), tova))

    again = browse()
    sign_in(again, tova)
    assert again.post("/konto/2fa/authenticate/", {"code": reserve}).headers["Location"] == "/mitt/"


def test_pages_about_two_steps_are_swedish(tova, browse, switch_on_two_steps):
    browser = browse()
    switch_on_two_steps(browser, tova)
    names = ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp")

    assert [ENGLISH.findall(words_of(browser.get(reverse(name)))) for name in names] == [[], [], [], []]


def test_an_address_is_changed_when_its_owner_confirms(tova, browse, link_in_letter):
    browser = browse(tova)
    browser.post("/konto/email/", {"email": "ny@ostberga.example", "action_add": "1"})
    browser.post(link_in_letter("ny@ostberga.example"))

    tova.refresh_from_db()
    assert tova.email == "ny@ostberga.example"


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_request_login_code",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
    ],
)
def test_pages_before_signing_in_are_open_and_swedish(db, amina, name):
    answer = amina.get(reverse(name))

    assert answer.status_code in {200, 401}
    assert ENGLISH.findall(words_of(answer)) == []


@pytest.mark.parametrize(
    "name",
    [
        "account_logout",
        "account_email",
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "usersessions_list",
        "socialaccount_connections",
    ],
)
def test_pages_about_the_account_are_swedish(tova, browse, name):
    answer = browse(tova).get(reverse(name))

    assert answer.status_code == 200
    assert ENGLISH.findall(words_of(answer)) == []


def test_old_links_say_what_to_do(db, amina):
    reset = words_of(amina.get("/konto/password/reset/key/1-gammal/"))
    confirm = words_of(amina.get("/konto/confirm-email/gammal/"))

    assert ["Länken fungerar inte längre" in page for page in (reset, confirm)] == [True, True]


def test_a_session_that_ended_leads_a_partial_request_to_sign_in(ostberga, amina):
    answer = amina.get("/samordna/ostberga/brev/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/konto/login/")
