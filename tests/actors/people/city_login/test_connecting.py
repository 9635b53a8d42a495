"""Connecting the city's login to an account that one is signed in to, and letting go of it."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.management import CommandError, call_command

from actors.models import AccountChange, Letter, User
from tests import factories as make
from tests.actors.people.city_login.city import ANNA, BERIT, DESK, inside, leads_to
from tests.actors.people.test_account_changes import stop_link
from tests.actors.people.test_accounts import sign_in, words_of

pytestmark = pytest.mark.django_db
CONNECT, MINE, AGAIN = "/konto/oidc/stad/koppla/", "/konto/3rdparty/", "/konto/reauthenticate/"


def test_she_connects_it_after_her_password_and_needs_no_address_there(tova, browse, city, configured):
    configured(EMAIL_DOMAINS="")
    browser = browse(tova)
    assert "Koppla till Stadens inloggning" in browser.get(MINE).text

    assert city.sign_in(browser, {**ANNA, "email": ""}, CONNECT).headers["Location"] == MINE

    assert "Nu kan du logga in med Stadens inloggning." in browser.get(MINE).text
    assert SocialAccount.objects.get().user == tova
    assert city.anew().sign_in(browse(), ANNA).headers["Location"] == DESK


def test_the_password_is_asked_for_first_and_the_second_factor_before_that(tova, browse, city):
    browser = browse()
    sign_in(browser, tova)
    assert browser.post(CONNECT).headers["Location"] == "/konto/tva-steg/"

    browser = browse(tova)
    session = browser.session
    session["account_authentication_methods"][0]["at"] = 0
    session.save()
    assert browser.post(CONNECT).headers["Location"].startswith(AGAIN)


def test_a_weak_login_is_not_connected(tova, browse, city):
    assert city.sign_in(browse(tova), {**ANNA, "acr": "loa2"}, CONNECT).status_code == 401
    assert SocialAccount.objects.count() == 0


def test_a_login_has_one_account_and_an_account_one_login(tova, polly, browse, city):
    city.sign_in(browse(tova), ANNA, CONNECT)

    assert "hör till ett annat konto" in words_of(city.anew().sign_in(browse(polly), ANNA, CONNECT)).lower()
    assert "kopplat till en annan inloggning" in words_of(city.anew().sign_in(browse(tova), BERIT, CONNECT))
    assert SocialAccount.objects.get().user == tova


def test_the_owner_is_told_and_stops_it(tova, browse, city):
    thief = browse(tova)
    city.sign_in(thief, BERIT, CONNECT)
    assert "lade till ett sätt att logga in" in Letter.objects.get(to=tova.email).text

    browse().post(stop_link(tova.email))

    assert (SocialAccount.objects.count(), thief.get(DESK).status_code) == (0, 302)
    assert city.anew().sign_in(browse(), BERIT).status_code == 401


def test_who_left_for_the_city_as_one_does_not_come_back_as_another(tova, polly, browse, city):
    """Two people at one computer: the first one's way there connects nothing to the second."""
    browser = browse(tova)
    address = leads_to(browser.post(CONNECT))
    browser.force_login(polly)

    page = browser.get(inside(city.answer_to(address, ANNA)))

    assert (page.status_code, SocialAccount.objects.count()) == (401, 0)


def test_she_disconnects_it_and_may_change_her_mind(tova, browse, city):
    browser = browse(tova)
    city.sign_in(browser, ANNA, CONNECT)
    AccountChange.objects.all().delete()

    browser.post(MINE, {"account": SocialAccount.objects.get().pk})
    assert SocialAccount.objects.count() == 0
    browse().post(stop_link(tova.email))

    assert SocialAccount.objects.values_list("uid", "extra_data").get() == (ANNA["sub"], {"iss": city.issuer})


def test_who_took_it_away_gets_it_back_by_her_own_hand_alone(tova, browse, city):
    User.objects.filter(pk=tova.pk).update(email=ANNA["email"])
    browser = browse(tova)
    city.sign_in(browser, ANNA, CONNECT)
    browser.post(MINE, {"account": SocialAccount.objects.get().pk})

    assert city.anew().sign_in(browse(), ANNA).status_code == 401
    assert not SocialAccount.objects.exists()


def test_a_login_of_a_provider_that_is_no_more_can_be_seen_and_taken_away(tova, browse, city):
    SocialAccount.objects.create(user=tova, provider="forra", uid="1", extra_data={})
    browser = browse(tova)
    page = " ".join(words_of(browser.get(MINE)).split())

    assert "inte finns här längre (forra)" in page
    assert "Koppla till Stadens inloggning" in page


def test_who_has_no_password_does_not_lock_herself_out(tova, browse, city):
    browser = browse(tova)
    city.sign_in(browser, ANNA, CONNECT)
    tova.set_unusable_password()
    tova.save()
    with_city = browse()
    city.anew().sign_in(with_city, ANNA)
    session = with_city.session
    session["account_authentication_methods"][0]["reauthenticated"] = True
    session.save()

    page = with_city.post(MINE, {"account": SocialAccount.objects.get().pk})

    assert "Välj ett lösenord först" in words_of(page)
    assert SocialAccount.objects.count() == 1


def test_those_who_run_the_installation_let_go_of_a_login_that_is_no_more(tova, browse, city, capsys):
    city.sign_in(browse(tova), ANNA, CONNECT)
    browser = browse()
    city.anew().sign_in(browser, ANNA)
    call_command("disconnect_login", tova.email.upper())

    assert "kopplad bort" in capsys.readouterr().out
    assert (SocialAccount.objects.count(), browser.get(DESK).status_code) == (0, 302)
    letters = Letter.objects.filter(to=tova.email)
    assert ["tog bort ett sätt att logga in" in letter.text for letter in letters].count(True) == 1
    with pytest.raises(CommandError, match="ingen inloggning"):
        call_command("disconnect_login", tova.email)
    with pytest.raises(CommandError, match="inget konto"):
        call_command("disconnect_login", make.user().email.replace("@", "@ingen."))


def test_a_provider_that_has_moved_is_not_the_one_that_was_connected(tova, browse, city):
    city.sign_in(browse(tova), ANNA, CONNECT)
    SocialAccount.objects.update(extra_data={"iss": "https://den-forra.example"})

    for _ in range(2):
        assert "har bytt system" in words_of(city.anew().sign_in(browse(), ANNA))
    city.anew().sign_in(browse(tova), ANNA, CONNECT)
    assert city.anew().sign_in(browse(), ANNA).headers["Location"] == DESK
