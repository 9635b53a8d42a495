"""Who administers the installation is said on its own page: told, logged, and never nobody."""

import pytest
from django.utils import timezone

from actors.models import Letter, SecurityEvent, User
from actors.people.accounts import take_administration
from actors.rules.helping import HelperTask
from ostberga.lib.refusal import Refusal
from tests import factories as make

PAGE = "/mitt/drift/administratorer/"


@pytest.fixture
def her(db):
    return make.user("it@stad.example", name="Ingrid", is_staff=True, is_superuser=True, last_login=timezone.now())


@pytest.fixture
def colleague(db):
    return make.user("drift@stad.example", name="Dan", is_staff=True, is_superuser=True, last_login=timezone.now())


@pytest.fixture
def keeper(her, browse):
    """A browser signed in as an administrator."""
    return browse(her)


def flags(email):
    user = User.objects.get(email=email)
    return user.is_staff, user.is_superuser


def letters():
    return {letter.to: letter.text for letter in Letter.objects.filter(kind="administrators")}


def test_somebody_new_administers_once_she_has_chosen_a_password(keeper, her, colleague, browse):
    assert f'href="{PAGE}"' in keeper.get("/mitt/drift/").text
    unnamed = keeper.post(PAGE, {"email": "Ny@Stad.example"})

    page = keeper.post(PAGE, {"email": "Ny@Stad.example", "name": "Noor"}, follow=True)

    assert (unnamed.status_code, "Skriv vad hon heter." in unnamed.text) == (422, True)
    assert ("Noor är nu teknisk administratör" in page.text, flags("ny@stad.example")) == (True, (True, True))
    told = letters()
    assert set(told) == {her.email, colleague.email, "ny@stad.example"}
    assert "Ingrid har gjort Noor (ny@stad.example) till teknisk administratör." in told[colleague.email]
    assert "/konto/password/reset/" in told["ny@stad.example"]
    assert SecurityEvent.objects.get(kind="administration_given").who == her
    assert browse(User.objects.get(email="ny@stad.example")).get("/mitt/drift/").status_code == 200


def test_administration_is_taken_and_everybody_who_has_it_is_told(keeper, her, colleague, browse):
    his = browse(colleague)

    page = keeper.post(f"{PAGE}{colleague.pk}/avsluta/", follow=True)

    assert ("Dan är inte längre teknisk administratör." in page.text, flags(colleague.email)) == (True, (False, False))
    assert his.get("/mitt/drift/").status_code == 404
    assert his.get("/admin/").status_code == 302
    assert SecurityEvent.objects.get(kind="administration_taken").who == her
    told = letters()
    assert "Ingrid har bestämt att du inte längre är teknisk administratör." in told[colleague.email]
    assert (set(told), PAGE in told[colleague.email]) == ({her.email, colleague.email}, False)


def test_she_steps_down_herself_while_another_remains(keeper, her, colleague):
    page = keeper.post(f"{PAGE}{her.pk}/avsluta/")

    assert (page.headers["Location"], flags(her.email)) == ("/mitt/", (False, False))
    assert "Ingrid (it@stad.example) är inte längre teknisk administratör." in letters()[colleague.email]


def test_the_last_who_has_signed_in_stays(keeper, her):
    make.user("ny@stad.example", is_staff=True, is_superuser=True, last_login=None)

    page = keeper.post(f"{PAGE}{her.pk}/avsluta/")

    assert (page.status_code, flags(her.email), letters()) == (409, (True, True), {})
    assert "Ingen annan som har loggat in är teknisk administratör." in page.text


def test_of_two_who_step_down_one_after_the_other_one_remains(her, colleague):
    stale = User.objects.get(pk=colleague.pk)
    take_administration(person=her, by=her)

    with pytest.raises(Refusal, match="Ingen annan"):
        take_administration(person=stale, by=stale)
    with pytest.raises(Refusal, match="Bara administratören"):
        take_administration(person=stale, by=her)  # her request had read her before she stepped down


PARTS = {
    "appointed": lambda place, person, _by: make.coordinator(place, person),
    "proposed": lambda place, person, by: place.appointment_proposals.create(
        user=person, role="deputy", proposed_by=by, token_hash="x"
    ),
    "helper": lambda place, person, by: make.helper(place, person, HelperTask.CODING, by),
    "with a mandate": lambda place, person, _by: make.mandate(person, place.data_controller, place),
}


@pytest.mark.parametrize("part", PARTS)
def test_whoever_has_a_part_in_a_collaboration_does_not_administer(part, keeper, her, ostberga):
    person = make.user("elva@stad.example", name="Elva")
    make.official(person, ostberga.data_controller)
    PARTS[part](ostberga, person, her)

    page = keeper.post(PAGE, {"email": person.email})

    assert (page.status_code, "Avsluta det först." in page.text, flags(person.email)) == (422, True, (False, False))


def test_nobody_else_opens_the_page_or_gives_anything(tova, ake, ostberga, browse):
    there = [browse(ake).get(PAGE), browse(ake).post(PAGE, {"email": tova.email})]

    assert [page.status_code for page in there] == [404, 404]
    assert flags(tova.email) == (False, False)
