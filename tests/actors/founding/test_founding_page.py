"""On an empty database whoever installs founds the first collaboration with the printed code, and nobody else does."""

import re

import pytest

from actors.founding import codes
from actors.models import Collaboration, Letter, RegistryEntry, SecurityEvent, User
from tests import factories as make
from tests.actors.founding.conftest import COORDINATOR, INSTALLER, REGISTRY

FOUND, SITE = "/grunda/", "/mitt/drift/"


@pytest.fixture
def founded(first_answers, browse):
    """The first collaboration, founded on the page."""
    assert browse().post(FOUND, first_answers).status_code == 302
    return Collaboration.objects.get()


def test_the_code_founds_and_the_letters_go(first_answers, browse):
    page = browse().post(FOUND, first_answers)

    assert (page.status_code, page.headers["Location"]) == (302, SITE)
    place = Collaboration.objects.get()
    assert (place.slug, place.municipality, place.languages) == ("norra-berget", "Nordstad", ["sv", "so"])
    assert (place.controller_name, place.data_controller.registry_email) == ("Stadsdelsnämnden Norr", REGISTRY)
    assert place.awaits_controller
    assert sorted(Letter.objects.values_list("kind", "to")) == [
        ("appointment-asked", REGISTRY),
        ("invitation", COORDINATOR),
        ("registry-set", REGISTRY),
    ]
    assert set(RegistryEntry.objects.values_list("listed", flat=True)) == {
        REGISTRY, "nordstad.example", "polisen.example"
    }  # fmt: skip


def test_whoever_installs_administers_and_can_not_read_or_coordinate(founded, browse):
    administrator = User.objects.get(email=INSTALLER)

    assert administrator.is_superuser
    assert "Samverkan Norra berget" in browse(administrator).get(SITE).text
    assert browse(administrator).get("/samordna/norra-berget/").status_code == 404
    assert SecurityEvent.objects.filter(kind="administered", who=administrator, collaboration=founded).exists()


def test_a_founded_installation_has_no_such_door(founded, first_answers, browse):
    again = codes.make_code()

    assert browse().get(FOUND).status_code == 410
    assert browse().post(FOUND, {**first_answers, "code": again, "short_name": "annan"}).status_code == 410
    assert Collaboration.objects.count() == 1


@pytest.mark.parametrize("code", ["", "0000-0000-0000-0000"])
def test_without_the_code_nothing_is_founded(first_answers, browse, code):
    page = browse().post(FOUND, {**first_answers, "code": code})

    assert page.status_code == 422
    assert (Collaboration.objects.count(), User.objects.count(), Letter.objects.count()) == (0, 0, 0)


def test_only_the_last_code_opens(first_answers, browse):
    codes.make_code()

    assert "Koden stämmer inte" in browse().post(FOUND, first_answers).text


def test_the_code_may_be_typed_in_any_way(first_answers, browse):
    typed = first_answers["code"].lower().replace("-", " ")

    assert browse().post(FOUND, {**first_answers, "code": typed}).status_code == 302


@pytest.mark.parametrize("field", ["contact_email", "coordinator_email", "email"])
def test_the_registry_is_nobody_elses_mailbox(first_answers, browse, field):
    page = browse().post(FOUND, {**first_answers, field: "Registrator+x@nordstad.example"})

    assert (page.status_code, Collaboration.objects.count()) == (422, 0)
    assert "Registratorn bekräftar åt er" in page.text


def test_the_administrator_can_not_be_the_coordinator(first_answers, browse):
    page = browse().post(FOUND, {**first_answers, "coordinator_email": INSTALLER})

    assert "kan inte samordna" in page.text
    assert not Collaboration.objects.exists()


def test_an_address_of_the_house_is_no_name(first_answers, browse):
    assert "används redan" in browse().post(FOUND, {**first_answers, "short_name": "Mitt"}).text


def test_the_administrator_sends_the_letters_again(founded, browse):
    administrator = User.objects.get(email=INSTALLER)
    page = browse(administrator).get(SITE)
    again = re.search(r'action="(/mitt/drift/forslag/\d+/igen/)"', page.text)
    assert again

    browse(administrator).post(again.group(1))

    assert Letter.objects.filter(kind="appointment-asked", to=REGISTRY).count() == 2
    assert Letter.objects.filter(kind="invitation", to=COORDINATOR).count() == 2
    assert founded.invitations.usable().count() == 1


def test_a_second_collaboration_is_founded_by_the_administrator_alone(founded, answers, browse, ake):
    more = {**answers, "short_name": "soder", "name": "Samverkan Söder", "coordinator_email": "eva@nordstad.example"}
    more |= {"contact_email": "soder@nordstad.example"}
    assert browse(ake).get("/mitt/drift/ny-samverkan/").status_code == 404

    browse(User.objects.get(email=INSTALLER)).post("/mitt/drift/ny-samverkan/", more)

    second = Collaboration.objects.get(slug="soder")
    assert second.data_controller == founded.data_controller
    assert (second.awaits_controller, second.invitations.get().email) == (True, "eva@nordstad.example")


def test_a_registry_that_is_not_listed_can_not_be_asked(ake, answers, browse):
    keeper = make.user("it@stad.example", is_staff=True, is_superuser=True)

    page = browse(keeper).post("/mitt/drift/ny-samverkan/", answers)

    assert "står inte på installationens lista" in page.text
    assert Collaboration.objects.count() == 1


def test_the_registry_is_told_what_the_service_is_and_whom_to_ask(first_answers, browse, settings):
    browse().post("/grunda/", first_answers)

    asked, told = (Letter.objects.get(kind=kind, to=REGISTRY) for kind in ("appointment-asked", "registry-set"))

    for words in (settings.SITE_URL, "som boende", INSTALLER):
        assert words in asked.text
    assert first_answers["contact_email"] in asked.text
    assert settings.SITE_URL in told.text
    assert INSTALLER in told.text
    assert "länken i brevet" not in told.text
