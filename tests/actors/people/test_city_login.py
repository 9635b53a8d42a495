"""The city's login: what it opens, what it does not, and how the owner learns that it was connected."""

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.session import SessionStorage
from django.test import Client

from actors.models import AccountChange, Letter, SecurityEvent, User
from tests.actors.people.test_account_changes import stop_link
from tests.actors.people.test_accounts import sign_in

CHOOSE = "/konto/tva-steg/"
OFFICIAL, STRANGER = "19800101-1234", "19990101-4321"


@pytest.fixture(autouse=True)
def provider(settings):
    """The city's login, all of which counts as two factors."""
    app = {"provider_id": "stad", "name": "Stadens inloggning", "client_id": "x", "secret": "y"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app | {"settings": {"server_url": "https://x"}}]}}
    settings.OIDC_SECOND_FACTOR = ["loa3"]


@pytest.fixture
def return_from_city(rf):
    """A function: the city's login sends this browser back, as the person with a number."""

    def come_back(browser: Client, number: str, *, user: User | None = None, process: str = "login"):
        request = rf.get("/konto/oidc/stad/login/callback/")
        request.session, request.user = browser.session, user or AnonymousUser()
        request._messages = SessionStorage(request)
        account = SocialAccount(provider="stad", uid=number, extra_data={"id_token": {"acr": "loa3"}})
        login = SocialLogin(user=User(email="nagon@stad.example"), account=account, email_addresses=[])
        login.state = {"process": process}
        with context.request_context(request):
            if user:
                record_authentication(request, user, "password", reauthenticated=True)
            answer = complete_login(request, login)
        request.session.save()
        browser.cookies["sessionid"] = request.session.session_key
        return answer

    return come_back


def connected(user: User, number: str = OFFICIAL) -> SocialAccount:
    return SocialAccount.objects.create(user=user, provider="stad", uid=number)


def test_the_citys_two_factors_open_her_own_pages(ake, browse, return_from_city):
    connected(ake)
    browser = browse()
    return_from_city(browser, OFFICIAL)
    assert browser.get("/mitt/").status_code == 200


def test_a_strangers_city_login_is_no_factor_for_anothers_password(ake, browse, return_from_city):
    browser = browse()
    browser.get("/konto/login/")
    return_from_city(browser, STRANGER)
    sign_in(browser, ake)
    assert browser.get("/mitt/").headers["Location"] == CHOOSE


def test_the_citys_word_ends_with_its_sign_in(ake, browse, return_from_city):
    connected(ake)
    browser = browse()
    return_from_city(browser, OFFICIAL)
    browser.post("/konto/logout/")
    sign_in(browser, ake)
    assert browser.get("/mitt/").headers["Location"] == CHOOSE


def test_connecting_an_account_is_no_second_factor(ake, browse, return_from_city):
    browser = browse()
    sign_in(browser, ake)
    return_from_city(browser, STRANGER, user=ake, process="connect")
    assert SocialAccount.objects.get().user == ake
    assert browser.get("/mitt/").headers["Location"] == CHOOSE


def test_the_owner_is_told_of_a_connected_login_and_stops_it(ake, browse, return_from_city):
    thief = browse(ake)
    return_from_city(thief, STRANGER, user=ake, process="connect")
    assert "lade till ett sätt att logga in" in Letter.objects.get(to=ake.email).text
    assert SecurityEvent.objects.filter(who=ake, kind="factor_added", object_key="city_login").count() == 1

    browse().post(stop_link(ake.email))

    assert SocialAccount.objects.count() == 0
    again = browse()
    return_from_city(again, STRANGER)
    assert again.get("/mitt/").headers["Location"].startswith("/konto/login/")


def test_the_owner_gets_back_a_login_that_somebody_disconnected(stranger, browse, settings):
    settings.ACCOUNT_REAUTHENTICATION_REQUIRED = False
    hers, thief, elsewhere = connected(stranger), browse(), browse()
    sign_in(thief, stranger)
    sign_in(elsewhere, stranger)
    thief.post("/konto/3rdparty/", {"account": hers.pk})
    assert (SocialAccount.objects.count(), elsewhere.get("/mitt/").status_code) == (0, 302)
    assert AccountChange.objects.get().factor_data == {"provider": "stad", "uid": OFFICIAL}

    browse().post(stop_link(stranger.email))

    assert SocialAccount.objects.get().user == stranger
    assert thief.get("/mitt/").headers["Location"].startswith("/konto/login/")
