"""The administrator needs no admin site: accounts, bodies that are shared, first addresses, and names of places."""

from typing import Any

import pytest

from actors.models import AppointmentProposal, Collaboration, Letter, Organisation, RegistryEntry, SecurityEvent, User
from actors.people.accounts import close_account
from ostberga.lib.refusal import Refusal
from reports.practice.beginning import begin_practice
from tests import factories as make

SITE = "/mitt/drift/"


@pytest.fixture
def her(db):
    return make.user("it@stad.example", is_staff=True, is_superuser=True)


@pytest.fixture
def keeper(her, browse):
    """A browser signed in as the installation's administrator."""
    return browse(her)


def test_an_account_is_closed_and_its_owner_is_out_at_once(keeper, ake, ostberga, browse):
    his = browse(ake)
    assert his.get("/samordna/ostberga/").status_code == 200

    page = keeper.post(f"{SITE}konton/{ake.pk}/stang/", follow=True)

    assert "Kontot samordnare@ostberga.example är stängt." in page.text
    assert his.get("/samordna/ostberga/").status_code == 302
    assert SecurityEvent.objects.filter(kind="administered", object_key=str(ake.pk)).count() == 1

    keeper.post(f"{SITE}konton/{ake.pk}/oppna/")
    assert browse(ake).get("/samordna/ostberga/").status_code == 200


def test_a_session_from_before_the_account_was_closed_does_not_wake_when_it_is_opened(keeper, her, tova, amina):
    amina.post("/konto/login/", {"login": tova.email, "password": "ostberga-demo"})
    assert amina.get("/konto/tva-steg/").status_code == 200
    for act in ("stang", "oppna"):
        keeper.post(f"{SITE}konton/{tova.pk}/{act}/")

    assert amina.get("/konto/tva-steg/").headers["Location"].startswith("/konto/login/")
    assert SecurityEvent.objects.get(kind="session_ended").who == her


def test_of_two_administrators_who_close_each_other_one_remains(her):
    other = make.user("annan@stad.example", is_staff=True, is_superuser=True)
    close_account(person=User.objects.get(pk=her.pk), by=other)
    with pytest.raises(Refusal, match="Bara administratören"):
        close_account(person=other, by=her)  # her request had read her before she was closed

    assert list(User.objects.filter(is_superuser=True, is_active=True)) == [other]


def test_nobody_closes_her_own_account_and_nobody_else_closes_any(keeper, her, ake, tova, browse):
    own = keeper.post(f"{SITE}konton/{her.pk}/stang/")
    others = browse(ake).post(f"{SITE}konton/{tova.pk}/stang/")

    assert (own.status_code, "Du kan inte stänga ditt eget konto." in own.text) == (409, True)
    assert others.status_code == 404
    assert browse(ake).get(f"{SITE}konton/").status_code == 404
    tova.refresh_from_db()
    her.refresh_from_db()
    assert (tova.is_active, her.is_active) == (True, True)


def test_accounts_are_sought_by_name_and_address(keeper, ake, tova):
    page = keeper.get(f"{SITE}konton/?q=TOVA trafik").text

    assert ("trafik@ostberga.example" in page, "samordnare@ostberga.example" in page) == (True, False)


def test_a_typed_in_body_is_shared(keeper, ostberga):
    body = make.organisation("Odlarlaget", created_in=ostberga)
    assert "Inskrivna av en samverkan" in keeper.get(SITE).text

    page = keeper.post(f"{SITE}organisation/{body.pk}/dela/", follow=True)

    assert "Alla samverkan kan nu välja Odlarlaget." in page.text
    assert Organisation.objects.get(pk=body.pk).created_in is None


def test_a_body_gets_its_first_address_and_no_second_here(keeper, trafikkontoret):
    RegistryEntry.objects.create(listed="trafik.example")
    there = f"{SITE}organisation/{trafikkontoret.pk}/forsta/"
    assert f'href="{there}"' in keeper.get(SITE).text

    unlisted = keeper.post(there, {"address": "registrator@annan.example"})
    assert (unlisted.status_code, 'value="registrator@annan.example"' in unlisted.text) == (422, True)
    keeper.post(there, {"address": "Registrator@trafik.example"})

    trafikkontoret.refresh_from_db()
    assert trafikkontoret.registry_email == "registrator@trafik.example"
    assert keeper.get(there).status_code == 404


def fields_of(page):
    """What the page's form sends as it is shown."""
    form = page.context["form"]
    typed: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        value = value.isoformat() if hasattr(value, "isoformat") else value
        if value != []:  # a browser sends no box that is not ticked
            typed |= {bound.html_name: value or "", bound.html_initial_name: value or ""}
    return typed


def test_a_collaborations_own_fields_are_changed_and_those_concerned_are_told(keeper, ostberga, ake, amina):
    there = f"{SITE}samverkan/{ostberga.pk}/"
    typed = fields_of(keeper.get(there))

    page = keeper.post(there, {**typed, "name": "Trygga Östberga", "slug": "trygga", "languages": ["so"]}, follow=True)

    assert "Uppgifterna om Trygga Östberga är sparade." in page.text
    ostberga.refresh_from_db()
    assert (ostberga.slug, ostberga.languages, ostberga.earlier_names) == ("trygga", ["so"], ["Samverkan Östberga"])
    assert amina.get("/ostberga/parter/").headers["Location"] == "/trygga/parter/"
    assert "Namn: Trygga Östberga (förut Samverkan Östberga)." in Letter.objects.filter(to=ake.email).latest("pk").text


def test_what_somebody_else_has_changed_since_is_not_overwritten(keeper, ostberga):
    there = f"{SITE}samverkan/{ostberga.pk}/"
    typed = fields_of(keeper.get(there))
    Collaboration.objects.filter(pk=ostberga.pk).update(area="Höjden", contact_email="ny@stad.example")

    one_field = keeper.post(there, {**typed, "municipality": "Stockholms stad"})
    both = keeper.post(there, {**typed, "area": "Backarna"})

    assert (one_field.status_code, both.status_code) == (302, 422)
    assert "Någon annan har ändrat det här sedan sidan öppnades. Nu står det: Höjden." in both.text
    ostberga.refresh_from_db()
    assert (ostberga.area, ostberga.municipality) == ("Höjden", "Stockholms stad")
    assert ostberga.contact_email == "ny@stad.example"


def test_languages_that_somebody_else_has_chosen_since_are_not_overwritten(keeper, ostberga):
    Collaboration.objects.filter(pk=ostberga.pk).update(languages=[])
    there = f"{SITE}samverkan/{ostberga.pk}/"
    typed = fields_of(keeper.get(there))
    Collaboration.objects.filter(pk=ostberga.pk).update(languages=["en"])

    untouched = keeper.post(there, {**typed, "area": "Höjden"})
    both = keeper.post(there, {**typed, "languages": ["so"]})

    assert (untouched.status_code, both.status_code) == (302, 422)
    assert "Nu står det: en." in both.text
    ostberga.refresh_from_db()
    assert (ostberga.area, ostberga.languages) == ("Höjden", ["en"])


def test_a_practice_is_not_among_the_places(keeper, ostberga, ake):
    make.survey(ostberga)
    practice = begin_practice(collaboration=ostberga, by=ake)

    assert "vning" not in keeper.get(SITE).text
    assert keeper.get(f"{SITE}samverkan/{practice.pk}/").status_code == 404


def test_nobody_is_proposed_in_a_practice_and_no_account_is_made_for_her(keeper, ostberga, ake):
    make.survey(ostberga)
    practice = begin_practice(collaboration=ostberga, by=ake)
    accounts = User.objects.count()
    typed = {"collaboration": practice.pk, "role": "coordinator", "reason": "Ny", "email": "ny@stad.example"}

    page = keeper.post(f"{SITE}uppdrag/", {**typed, "name": "Ny"})

    assert (page.status_code, "collaboration" in page.context["form"].errors) == (422, True)
    assert (User.objects.count(), AppointmentProposal.objects.filter(collaboration=practice).count()) == (accounts, 0)
    assert "vning" not in keeper.get("/admin/actors/collaboration/").text.partition("<main")[2]


def test_an_address_like_a_practices_is_refused(keeper, ostberga):
    there = f"{SITE}samverkan/{ostberga.pk}/"

    page = keeper.post(there, {**fields_of(keeper.get(there)), "slug": "ovning-ostberga"})

    assert (page.status_code, "slug" in page.context["form"].errors) == (422, True)
