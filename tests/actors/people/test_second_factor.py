"""Who must sign in with a second factor, how she is led to it, and what it opens."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils import timezone

from actors.mandates import confirming
from actors.models import Letter, SecurityEvent
from actors.people import inviting, second_factor
from tests import factories as make
from tests.actors.people.test_accounts import code_for, in_code, sign_in
from tests.links import link_to

CHOOSE = "/konto/tva-steg/"


@pytest.fixture
def add_app(transactional_db):
    """A function that adds an app with codes, and returns the page with recovery codes.

    With real commits, since allauth tells of a new factor after commit.
    """

    def add(browser):
        secret = in_code(browser.get("/konto/2fa/totp/activate/").content.decode())
        browser.post("/konto/2fa/totp/activate/", {"code": code_for(secret)})
        return browser.get("/konto/2fa/recovery-codes/").content.decode()

    return add


@pytest.fixture
def admin(db):
    return make.user("teknik@ostberga.example", is_staff=True, is_superuser=True)


def test_a_first_sign_in_leads_through_it_and_back_to_the_wanted_page(ake, browse, add_app):
    browser = browse()
    sign_in(browser, ake)
    assert browser.get("/samordna/ostberga/personer/").headers["Location"] == CHOOSE
    page = browser.get(CHOOSE).content.decode()
    assert ("/konto/2fa/webauthn/add/" in page, "/konto/2fa/totp/activate/" in page) == (True, True)

    codes = add_app(browser)

    assert "Dina reservkoder" in codes
    assert browser.get(CHOOSE).headers["Location"] == "/samordna/ostberga/personer/"
    assert browser.get("/samordna/ostberga/personer/").status_code == 200


def test_the_admin_site_is_closed_until_then(admin, browse, add_app):
    browser = browse()
    sign_in(browser, admin)
    assert browser.get("/admin/").headers["Location"] == CHOOSE

    add_app(browser)

    assert browser.get("/admin/").status_code == 200


@pytest.mark.parametrize("path", ["/mitt/", "/konto/email/", "/konto/password/change/"])
def test_nothing_else_is_open_before(tova, browse, path):
    browser = browse()
    sign_in(browser, tova)

    assert browser.get(path).headers["Location"] == CHOOSE
    assert browser.post(path).headers["Location"] == CHOOSE


def test_it_is_asked_of_those_who_have_a_right_and_of_no_others(ake, tova, admin, stranger, ostberga):
    deputy, resident = make.user(), make.user()
    make.coordinator(ostberga, deputy, role="deputy")
    asked = {user: second_factor.is_required_of(user) for user in (ake, deputy, tova, admin, stranger, resident)}

    assert asked == {ake: True, deputy: True, tova: True, admin: True, stranger: False, resident: False}


def test_who_is_proposed_adds_it_at_her_first_sign_in_and_not_when_the_registry_has_said_yes(
    trafikkontoret, ostberga, ake, add_app, browse
):
    box = make.registry(trafikkontoret)
    inviting.invite(collaboration=ostberga, by=ake, email="iman@ostberga.example", name="Iman",
                    organisation=trafikkontoret, scopes=["delegation"])  # fmt: skip
    browser, link = browse(), link_to("iman@ostberga.example", "invitation", "valkommen")
    browser.post(link, {"name": "Iman", "password": "lampan-lyser-over-parken"})
    assert browser.get("/mitt/").headers["Location"] == CHOOSE

    add_app(browser)
    confirming.confirm_by_link(link_to(box, "mandate-asked", "mandat").split("/")[-2])
    assert browser.get("/mitt/").status_code == 200


def test_to_be_proposed_by_others_closes_nothing(stranger, trafikkontoret, ostberga, ake, browse):
    make.official(stranger, trafikkontoret)
    make.mandate(stranger, trafikkontoret, ostberga, confirmed_at=None, confirmed_by_address="", proposed_by=ake)
    browser = browse()
    sign_in(browser, stranger)

    assert browser.get("/mitt/").status_code == 200


def test_who_has_no_right_comes_in_with_a_password(stranger, browse):
    browser = browse()
    sign_in(browser, stranger)

    assert browser.get("/mitt/").status_code == 200


def test_a_right_given_to_somebody_signed_in_closes_her_pages_at_once(stranger, ostberga, browse):
    browser = browse()
    sign_in(browser, stranger)
    make.coordinator(ostberga, stranger)

    assert browser.get("/mitt/").headers["Location"] == CHOOSE


def test_the_demo_lets_one_skip_it(ake, browse, settings):
    settings.SECOND_FACTOR = "offered"
    browser = browse()
    sign_in(browser, ake)
    assert browser.get("/mitt/").headers["Location"] == CHOOSE
    assert "Hoppa över" in browser.get(CHOOSE).content.decode()

    assert browser.post("/konto/tva-steg/hoppa-over/", follow=True).redirect_chain[-1][0] == "/mitt/"


def test_nobody_skips_it_elsewhere(ake, browse):
    browser = browse()
    sign_in(browser, ake)

    assert browser.post("/konto/tva-steg/hoppa-over/").status_code == 403
    assert browser.get("/mitt/").headers["Location"] == CHOOSE


def test_taking_the_factor_away_closes_the_other_sessions(ake, browse, add_app):
    here, elsewhere = browse(), browse()
    sign_in(here, ake)
    reserve = re.findall(r"<code[^>]*>(\d+)</code>", add_app(here))[0]
    sign_in(elsewhere, ake)
    elsewhere.post("/konto/2fa/authenticate/", {"code": reserve})
    assert elsewhere.get("/mitt/").status_code == 200

    here.post("/konto/2fa/totp/deactivate/")

    assert elsewhere.get("/mitt/").headers["Location"].startswith("/konto/login/")
    kinds = SecurityEvent.objects.filter(who=ake).values_list("kind", "object_key")
    assert {("factor_added", "totp"), ("factor_removed", "totp")} <= set(kinds)


def code_in_letter(to):
    """The code in the newest letter to the address."""
    return re.findall(r"^([A-Z0-9-]{6,})$", Letter.objects.filter(to=to).latest("written_at").text, re.MULTILINE)[0]


def test_a_code_by_letter_opens_the_account_of_who_forgets_passwords(stranger, browse):
    EmailAddress.objects.create(user=stranger, email=stranger.email, verified=True, primary=True)
    browser = browse()
    browser.post("/konto/login/code/", {"email": stranger.email})
    browser.post("/konto/login/code/confirm/", {"code": code_in_letter(stranger.email)})

    assert browser.get("/mitt/").status_code == 200


def test_a_code_by_letter_is_no_second_factor(ake, browse):
    browser = browse()
    browser.post("/konto/login/code/", {"email": ake.email})
    browser.post("/konto/login/code/confirm/", {"code": code_in_letter(ake.email)})

    assert browser.get("/mitt/").headers["Location"] == CHOOSE


def ask_for_code(browser, user):
    browser.post("/konto/login/code/", {"email": user.email})
    return code_in_letter(user.email)


def enter(browser, code):
    """Whether the code opened the account."""
    browser.post("/konto/login/code/confirm/", {"code": code})
    return browser.get("/mitt/").status_code == 200


def test_a_code_by_letter_is_too_old_after_ten_minutes(stranger, browse):
    browser = browse()
    code = ask_for_code(browser, stranger)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        assert not enter(browser, code)


def test_a_code_opens_only_the_browser_that_asked(stranger, browse):
    asked, other = browse(), browse()
    code = ask_for_code(asked, stranger)

    assert (enter(other, code), enter(asked, code)) == (False, True)


def test_a_code_can_be_guessed_three_times(stranger, browse):
    browser = browse()
    code = ask_for_code(browser, stranger)

    assert [enter(browser, guess) for guess in ("A", "B", "C", code)] == [False] * 4


def test_a_reserve_code_opens_once(ake, browse, add_app):
    reserve = re.findall(r"<code[^>]*>(\d+)</code>", add_app(browse_in(browse, ake)))[0]
    opened = []
    for _ in range(2):
        browser = browse_in(browse, ake)
        browser.post("/konto/2fa/authenticate/", {"code": reserve})
        opened.append(browser.get("/mitt/").status_code == 200)

    assert opened == [True, False]


def browse_in(browse, user):
    """A browser in which the password has been given."""
    browser = browse()
    sign_in(browser, user)
    return browser


def test_what_is_stored_of_an_app_is_encrypted(ake, browse, add_app):
    page = add_app(browse_in(browse, ake))
    codes = re.findall(r"<code[^>]*>(\d+)</code>", page)

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert len(codes) == 10
    assert [code for code in codes if code in stored] == []
    assert stored.count("gAAAA") == 2  # how a Fernet token begins


def test_a_new_password_does_not_pass_by_the_second_factor(ake, browse, add_app, link_in_letter):
    add_app(browse_in(browse, ake))
    thief = browse()
    thief.post("/konto/password/reset/", {"email": ake.email})
    form = thief.get(link_in_letter(ake.email), follow=True)
    new = {"password1": "nya-gatlyktor-2026", "password2": "nya-gatlyktor-2026"}
    thief.post(form.redirect_chain[-1][0], new)

    assert sign_in(thief, ake, "nya-gatlyktor-2026").headers["Location"] == "/konto/2fa/authenticate/"
    assert thief.get("/mitt/").headers["Location"].startswith("/konto/login/")
