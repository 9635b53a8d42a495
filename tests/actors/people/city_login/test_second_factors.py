"""The city's two factors in place of ours; asking again at the city; and what opens nothing without it."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from actors.models import Invitation, User
from tests.actors.people.city_login.city import ANNA, BERIT, DESK, inside, leads_to
from tests.actors.people.test_accounts import sign_in, words_of
from tests.actors.people.test_second_factor import ask_for_code, enter
from tests.forms_by_hand import form_to

pytestmark = pytest.mark.django_db
CHOOSE = "/konto/tva-steg/"
INVITE, AGAIN = "/samordna/ostberga/personer/bjud-in/", "/konto/oidc/stad/igen/"


@pytest.fixture
def coordinator(ake):
    """Åke, whom the city knows as Anna: one person is enough for the city."""
    User.objects.filter(pk=ake.pk).update(email=ANNA["email"])
    ake.refresh_from_db()
    return ake


def forget_password(user):
    """As who chose the city's login when she opened her invitation, and has been here."""
    user.set_unusable_password()
    user.last_login = timezone.now()
    user.save()


def long_ago(browser):
    """Let the time during which a proof counts have passed."""
    session = browser.session
    session["account_authentication_methods"] = [
        {**record, "at": time.time() - 3600} for record in session["account_authentication_methods"]
    ]
    session.save()


def test_who_has_a_second_factor_here_is_not_asked_for_it(coordinator, browse, city):
    city.sign_in(browse(), ANNA)
    TOTP.activate(coordinator, "JBSWY3DPEHPK3PXP")
    browser = browse()

    assert city.anew().sign_in(browser, ANNA).headers["Location"] == DESK
    assert browser.get(DESK).status_code == 200


def test_an_address_that_passed_to_another_opens_no_account_with_a_factor_of_its_own(coordinator, browse, city):
    TOTP.activate(coordinator, "JBSWY3DPEHPK3PXP")
    browser = browse()
    page = city.sign_in(browser, ANNA)

    assert (page.status_code, browser.get(DESK).status_code) == (401, 302)
    assert "Andra sätt" in words_of(page)
    assert not SocialAccount.objects.exists()


def test_who_was_signed_in_otherwise_is_signed_out_at_the_city_too(coordinator, browse, city):
    browser = browse(coordinator)
    city.sign_in(browser, ANNA)

    assert leads_to(browser.post("/konto/logout/")).startswith(city.issuer)


def test_she_is_signed_out_here_though_her_token_can_not_be_read(coordinator, browse, city):
    browser = browse()
    city.sign_in(browser, ANNA)
    session = browser.session
    session["city_login"] = {**session["city_login"], "hint": "oläsligt"}
    session.save()

    assert browser.post("/konto/logout/").status_code == 302
    assert browser.get(DESK).status_code == 302


def test_a_login_of_which_nothing_is_demanded_counts_as_a_password(coordinator, browse, city, configured):
    configured(ACR="", EMAIL_DOMAINS="stad.example")
    browser = browse()
    city.sign_in(browser, ANNA)
    assert browser.get(DESK).headers["Location"] == CHOOSE
    assert "Gör en nyckel" in browser.get(CHOOSE).text

    TOTP.activate(coordinator, "JBSWY3DPEHPK3PXP")
    assert city.anew().sign_in(browse(), ANNA).headers["Location"] == "/konto/2fa/authenticate/"


def test_the_citys_word_ends_with_its_sign_in(coordinator, browse, city):
    browser = browse()
    city.sign_in(browser, ANNA)
    browser.post("/konto/logout/")
    sign_in(browser, coordinator)

    assert browser.get(DESK).headers["Location"] == CHOOSE
    assert browser.post("/konto/logout/").status_code == 302  # and the city's session is none of this one's business


def test_a_strangers_city_login_is_no_factor_for_anothers_password(coordinator, browse, city):
    browser = browse()
    city.sign_in(browser, BERIT)
    sign_in(browser, coordinator)

    assert browser.get(DESK).headers["Location"] == CHOOSE


def test_a_mailbox_gives_no_second_factor_to_an_account_that_has_the_citys(coordinator, browse, city):
    city.sign_in(browse(), ANNA)
    thief = browse()

    assert enter(thief, ask_for_code(thief, coordinator)) is False

    assert "Logga in med Stadens inloggning" in " ".join(words_of(thief.get(CHOOSE)).split())
    for path in ("/konto/2fa/webauthn/add/", "/konto/2fa/totp/activate/", DESK, "/konto/3rdparty/"):
        assert thief.get(path).headers["Location"] == CHOOSE
    assert city.anew().sign_in(thief, ANNA).headers["Location"] == DESK
    assert thief.get(DESK).status_code == 200


def test_who_has_only_the_citys_login_is_asked_again_there_and_her_words_wait(coordinator, browse, city):
    forget_password(coordinator)
    browser = browse()
    city.sign_in(browser, ANNA)
    form = form_to(browser.get(INVITE), INVITE)

    asked = browser.post(INVITE, form.typed({"email": "ny@example.se", "name": "Nora Ny"}))
    assert asked.headers["Location"].startswith(f"{AGAIN}?next=")
    assert "Logga in hos Stadens inloggning igen" in words_of(browser.get(asked.url))
    back = browser.get(inside(city.answer_to(leads_to(browser.post(asked.url)), ANNA)))
    page = browser.get(back.url, follow=True)
    again = form_to(page, INVITE)

    assert again.fields["name"] == ["Nora Ny"]
    assert browser.post(INVITE, again.fields).headers["Location"] == "/samordna/ostberga/personer/"
    assert Invitation.objects.get().name == "Nora Ny"


def test_another_at_the_city_shows_nothing(coordinator, browse, city):
    forget_password(coordinator)
    browser = browse()
    city.sign_in(browser, ANNA)
    key = browser.session.session_key

    page = browser.get(inside(city.anew().answer_to(leads_to(browser.post(AGAIN)), BERIT)))

    assert "Det var någon annan" in words_of(page)
    assert browser.session.session_key == key
    assert browser.post(INVITE, {"email": "ny@example.se", "name": "N"}).headers["Location"].startswith(AGAIN)


def test_the_proof_counts_for_five_minutes_and_renews_the_sessions_key(coordinator, browse, city):
    forget_password(coordinator)
    browser = browse()
    city.sign_in(browser, ANNA)
    key = browser.session.session_key
    browser.get(inside(city.answer_to(leads_to(browser.post(AGAIN)), ANNA)))

    assert browser.session.session_key != key
    assert browser.post("/konto/oidc/stad/koppla/").status_code == 200
    long_ago(browser)
    assert browser.post("/konto/oidc/stad/koppla/").headers["Location"].startswith(AGAIN)


def test_who_has_a_password_too_may_choose_the_city_instead(coordinator, browse, city):
    browser = browse()
    city.sign_in(browser, ANNA)

    page = browser.get("/konto/reauthenticate/?next=/konto/email/").text

    assert f'href="{AGAIN}?next=%2Fkonto%2Femail%2F"' in page or f'href="{AGAIN}?next=/konto/email/"' in page


def test_nobody_is_asked_at_a_login_that_is_not_hers(coordinator, browse, city):
    browser = browse(coordinator)
    assert (browser.get(AGAIN).status_code, browser.post(AGAIN).status_code) == (404, 404)


def test_who_has_only_the_citys_login_shows_it_there_before_she_takes_raw_text_out(coordinator, browse, city):
    forget_password(coordinator)
    browser = browse()
    city.sign_in(browser, ANNA)
    asked = browser.get("/samordna/ostberga/ta-ut/svar.csv").headers["Location"]
    led = browser.get(asked).headers["Location"]

    assert (led.startswith(AGAIN), "svar.csv" in led) == (True, True)
