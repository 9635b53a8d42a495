"""Signing in with the city's login, at a real provider: what opens, what does not, and what the page says then."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from actors.models import Letter, SecurityEvent, User
from actors.people import inviting
from tests.actors.people.city_login.city import ANNA, BERIT, DESK, LOGIN, City, inside, leads_to
from tests.actors.people.test_account_changes import stop_link
from tests.actors.people.test_accounts import words_of

pytestmark = pytest.mark.django_db


def refusals() -> list[tuple[str, str]]:
    """What the security log says of sign-ins that failed, oldest first."""
    failed = SecurityEvent.objects.filter(kind="signed_in").exclude(outcome="done").order_by("pk")
    return [(event.outcome, event.object_key) for event in failed]


@pytest.fixture
def invite(ake, ostberga):
    """A function that invites somebody and returns the path of the link in her letter."""

    def write_to(email, **more):
        inviting.invite(collaboration=ostberga, by=ake, email=email, name="Anna", **more)
        words = Letter.objects.get(to=email).text.split()
        return urlsplit(next(word for word in words if "/valkommen/" in word)).path

    return write_to


def test_an_invited_official_opens_her_account_works_and_signs_out_everywhere(invite, trafikkontoret, browse, city):
    welcome, browser = invite(ANNA["email"], organisation=trafikkontoret), browse()
    assert "Fortsätt med Stadens inloggning" in browser.get(welcome).text

    came = city.sign_in(browser, ANNA, f"{welcome}stad/")

    assert came.headers["Location"] == DESK
    anna = User.objects.get(email=ANNA["email"])
    assert (anna.name, anna.has_usable_password(), anna.affiliations.get().organisation) == (
        "Anna",
        False,
        trafikkontoret,
    )
    assert browser.get(DESK).status_code == 200
    way_out = leads_to(browser.post("/konto/logout/"))
    assert browser.get(DESK).status_code == 302
    assert inside(sign_out_at_provider(city, way_out)) == reverse("signed-out")


def sign_out_at_provider(city: City, address: str) -> str:
    """Say yes there; returns where the provider leads back to."""
    page = city.session.get(address)
    asked = page.text.partition('action="')[2].partition('"')[0], page.text.partition('value="')[2].partition('"')[0]
    done = city.session.post(asked[0], data={"xsrf": asked[1], "logout": "yes"}, allow_redirects=False)
    return done.headers["Location"]


def test_nothing_that_the_city_told_is_kept(anna, browse, city, issuer):
    browser = browse()
    city.sign_in(browser, ANNA)

    assert SocialAccount.objects.values_list("user", "provider", "uid", "extra_data").get() == (
        *(anna.pk, "stad", ANNA["sub"]),
        {"iss": issuer},
    )
    assert ANNA["email"] not in str(dict(browser.session))


def test_the_first_time_a_verified_address_finds_the_account_and_its_owner_is_told(anna, browse, city):
    browser = browse()
    assert city.sign_in(browser, ANNA).headers["Location"] == DESK
    assert "lade till ett sätt att logga in" in Letter.objects.get(to=anna.email).text
    assert SecurityEvent.objects.filter(who=anna, kind="factor_added", object_key="city_login").count() == 1
    assert SecurityEvent.objects.filter(who=anna, kind="signed_in", outcome="done").count() == 1

    browse().post(stop_link(anna.email))

    assert (SocialAccount.objects.count(), browser.get(DESK).status_code) == (0, 302)


@pytest.mark.parametrize(
    ("change", "reason", "says"),
    [
        ({"acr": "loa2"}, "weak", "säger inte att du loggade in med två steg"),
        ({"acr": ""}, "weak", "säger inte att du loggade in med två steg"),
        ({"email": ""}, "no_email", "lämnade ingen e-postadress"),
        ({"verified": ""}, "unverified_email", "intygar inte att adressen är din"),
        ({"email": "anna@annanstans.example"}, "not_connected", "är inte kopplat till"),
        ({"email": "ingen@stad.example"}, "unknown", "Du har inget konto här än"),
        ({"email": "stangd@stad.example"}, "closed", "Kontot är avstängt"),
    ],
)
@pytest.mark.usefixtures("anna", "closed")
def test_who_is_not_let_in_is_told_why_and_who_can_mend_it(browse, city, change, reason, says):
    browser = browse()

    page = city.sign_in(browser, {**ANNA, **change})

    assert (page.status_code, says in words_of(page)) == (401, True)
    assert browser.get(DESK).status_code == 302
    assert SocialAccount.objects.count() == 0
    assert refusals() == [("refused", f"city_login:{reason}")]


@pytest.fixture
def closed(db):
    return User.objects.create_user("stangd@stad.example", "ostberga-demo", name="Stängd", is_active=False)


def test_what_the_keepers_of_the_login_need_stands_on_the_page(anna, browse, city):
    page = words_of(city.sign_in(browse(), {**ANNA, "acr": "loa2"})).split()
    assert " ".join(page[page.index("acr") :][:5]) == "acr ska vara loa3 loa2"


def test_amr_can_be_demanded_in_place_of_acr(anna, browse, city, configured):
    configured(ACR="", AMR="otp mfa", EMAIL_DOMAINS="stad.example")

    assert city.sign_in(browse(), {**ANNA, "amr": "pwd"}).status_code == 401
    assert city.anew().sign_in(browse(), {**ANNA, "acr": "", "amr": "pwd otp"}).headers["Location"] == DESK


def test_without_a_list_of_domains_no_address_opens_anything(anna, browse, city, configured):
    configured(EMAIL_DOMAINS="")
    assert "är inte kopplat till" in words_of(city.sign_in(browse(), ANNA))


def test_once_connected_she_is_known_by_her_number_and_never_by_an_address(anna, browse, city):
    city.sign_in(browse(), ANNA)
    new_name = {**ANNA, "email": "anna.nyman@stad.example"}
    assert city.anew().sign_in(browse(), new_name).headers["Location"] == DESK

    inherits_her_address = {**BERIT, "email": ANNA["email"]}
    page = city.anew().sign_in(browse(), inherits_her_address)

    assert "hör ihop med en annan inloggning" in words_of(page)
    assert refusals() == [("refused", "city_login:occupied")]


def test_whose_account_is_closed_is_told_so(anna, browse, city):
    browser = browse()
    city.sign_in(browser, ANNA)
    User.objects.filter(pk=anna.pk).update(is_active=False)

    assert browser.get(DESK).status_code == 302
    assert "Kontot är avstängt" in words_of(city.anew().sign_in(browse(), ANNA))
    assert SecurityEvent.objects.filter(who=anna, outcome="refused").get().object_key == "city_login:closed"


def test_an_invitation_to_another_address_is_not_hers(invite, browse, city):
    page = city.sign_in(browse(), ANNA, f"{invite('chef@stad.example')}stad/")

    assert "Inbjudan gäller en annan adress" in words_of(page)
    assert User.objects.filter(email__in=["chef@stad.example", ANNA["email"]]).count() == 0


def test_an_invitation_needs_no_address_from_the_city(invite, browse, city, configured):
    configured(EMAIL_DOMAINS="")
    welcome = invite(ANNA["email"])

    assert city.sign_in(browse(), {**ANNA, "email": ""}, f"{welcome}stad/").headers["Location"] == DESK
    assert User.objects.get(socialaccount__uid=ANNA["sub"]).email == ANNA["email"]
    assert browse().post(f"{welcome}stad/").headers["Location"] == welcome  # where it says that it is used


def test_who_was_on_her_way_somewhere_gets_there(anna, ostberga, browse, city):
    browser = browse()
    wanted = "/konto/sessions/"
    signing_in = browser.get(wanted).headers["Location"]
    assert parse_qs(urlsplit(signing_in).query)["next"] == [wanted]
    assert f'<input type="hidden" name="next" value="{wanted}">' in browser.get(signing_in).text

    assert city.sign_in(browser, ANNA, next=wanted).headers["Location"] == wanted
    assert city.anew().sign_in(browse(), ANNA, next="https://ont.example/").headers["Location"] == DESK


def test_turning_back_is_told_as_that(anna, browse, city):
    browser = browse()
    page = browser.get(inside(city.answer_to(leads_to(browser.post(LOGIN)), ANNA, "back")))

    assert "Inloggningen avbröts" in words_of(page)
    assert refusals() == [("failed", "city_login:cancelled")]


def test_the_button_stands_there_only_when_there_is_such_a_login(browse, city, settings):
    assert "Stadens inloggning" in browse().get("/konto/login/").text
    settings.SOCIALACCOUNT_PROVIDERS = {}

    assert "Stadens inloggning" not in browse().get("/konto/login/").text
    assert browse().post(LOGIN).status_code == 404
    assert browse().get(f"{LOGIN}callback/").status_code == 404
