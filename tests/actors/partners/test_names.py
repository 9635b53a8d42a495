"""What was asked or confirmed under one name and kind does not come to count for another."""

from typing import Any

import pytest

from actors.letters.flood import MOST_NAMES
from actors.mandates import confirming, proposing, registry_addresses
from actors.models import Letter, Mandate, Organisation, SecurityEvent
from actors.partners import descriptions, partnerships
from actors.people import inviting
from actors.people.forms.administration import NewOrganisationForm
from ostberga.lib.refusal import Refusal
from tests import factories as make
from tests.actors.sent_forms.test_words_come_back import PASSWORD, with_second_factor
from tests.forms_by_hand import form_to

AUTHORITY = {"name": "Polismyndigheten Sthlm", "short_name": "Polisen", "kind": "state_authority"}
ASSOCIATION = {"name": "Tillfällig förening", "short_name": "T", "kind": "association"}
RENAMED = {"name": "Gatukontoret", "short_name": "Gatu", "plain_language_sv": "Vi lagar gatlyktor."}
NO_WORDS: dict[str, Any] = {"plain_language": {}, "contact_function": ""}


@pytest.fixture
def type_in(ostberga, ake):
    """A function that types in an organisation in Östberga as a partner."""

    def create(names):
        body = partnerships.type_in_organisation(collaboration=ostberga, by=ake, **names, **NO_WORDS)
        make.partnership(ostberga, body)
        return body

    return create


@pytest.fixture
def rename(ostberga, ake):
    """A function that lets Åke rename an organisation."""
    return lambda body, names: partnerships.rename_organisation(
        organisation=body, collaboration=ostberga, by=ake, **names
    )


def test_not_once_somebody_is_invited_to_decide_for_it(type_in, rename, ostberga, ake):
    body = type_in(AUTHORITY)
    given = {"email": "van@mail.example", "name": "Vän", "organisation": body, "scopes": ["delegation"]}
    inviting.invite(collaboration=ostberga, by=ake, **given)

    with pytest.raises(Refusal) as refused:
        rename(body, ASSOCIATION)
    assert refused.value.code == "not_yours"


def test_nor_once_an_address_is_entered(type_in, rename, ake):
    body = type_in(ASSOCIATION)
    registry_addresses.enter(organisation=body, address="privat@mail.example", by=ake, contact_name="Kassören")

    with pytest.raises(Refusal) as refused:
        rename(body, AUTHORITY)
    assert refused.value.code == "not_yours"


def test_an_associations_contact_confirms_no_decisions_whatever_was_asked(type_in, tova, ake, link_in_letter):
    body, address = type_in(ASSOCIATION), "privat@mail.example"
    Organisation.objects.filter(pk=body.pk).update(registry_email=address)
    given = {"person": tova, "organisation_id": body.pk, "collaboration_id": body.created_in_id, "proposed_by": ake}
    proposing.send_again(Mandate.objects.create(**given, scopes=["delegation"]), by=ake)

    with pytest.raises(Refusal, match="kan inte ge mandat"):
        confirming.confirm_by_link(link_in_letter(address).split("/")[2])


@pytest.mark.parametrize("name", ["Trafikkontoret", "TRAFIK KONTORET", "Traf1kkontoret", "Тrafikkontoret"])
def test_no_association_takes_the_name_of_an_authority_nor_its_look(name, type_in, ostberga, trafikkontoret):
    body, iman = type_in(ASSOCIATION), make.user("iman@mail.example")
    with pytest.raises(Refusal):
        type_in({**ASSOCIATION, "name": name})
    make.official(iman, body)
    make.mandate(iman, body, ostberga)

    with pytest.raises(Refusal):
        descriptions.write_own_words(organisation=body, by=iman, name=name, short_name="T", **NO_WORDS)


@pytest.mark.parametrize("short", ["Trafikkontoret", "Traf1kkontoret", "Тrafikkontoret", "Kontoret\u202e"])
def test_nor_is_its_short_name_which_residents_read(short, type_in, rename, trafikkontoret):
    free = {**ASSOCIATION, "name": "Grannarna i Östberga"}
    body = type_in(free)
    with pytest.raises(Refusal, match=r"heter så|latinska"):
        type_in({**free, "name": "Andra grannar", "short_name": short})
    with pytest.raises(Refusal, match=r"heter så|latinska"):
        rename(body, {**free, "short_name": short})
    form = NewOrganisationForm({"name": "Grannar för alla", "short_name": short, "slug": "alla", "kind": "association"})
    assert "short_name" in form.errors


def test_an_own_short_name_is_no_other_bodys(tova, trafikkontoret, polisen):
    given = {"organisation": trafikkontoret, "by": tova, "name": trafikkontoret.name, **NO_WORDS}
    with pytest.raises(Refusal, match="En annan organisation"):
        descriptions.write_own_words(**given, short_name=polisen.short_name)


def test_who_may_only_make_commitments_writes_words_and_keeps_the_name(tova, ostberga, trafikkontoret, browse):
    part = ostberga.partnerships.get(organisation=trafikkontoret)
    tova.mandates.update(scopes=["commitments"])
    typed = {"name": "Polisen", "short_name": "Polisen", "plain_language_sv": "Vi lagar gatlyktor."}
    browse(tova).post(f"/mitt/organisation/{part.pk}/ord/", typed)
    trafikkontoret.refresh_from_db()

    assert (trafikkontoret.name, trafikkontoret.plain_language) == ("Trafikkontoret", {"sv": "Vi lagar gatlyktor."})


def test_who_registers_what_the_board_decides_changes_the_name_to_a_free_one(tova, trafikkontoret, polisen):
    given = {"organisation": trafikkontoret, "by": tova, "short_name": "Gatu", **NO_WORDS}
    with pytest.raises(Refusal, match="En annan organisation"):
        descriptions.write_own_words(**given, name="POLISMYNDIGHETEN")
    descriptions.write_own_words(**given, name="Gatukontoret")

    assert trafikkontoret.name == "Gatukontoret"


def test_another_name_is_told_to_the_registry_the_colleagues_and_the_coordinators(tova, ostberga, trafikkontoret, ake):
    Organisation.objects.filter(pk=trafikkontoret.pk).update(registry_email="registrator@trafik.example")
    ulf = make.user("ulf@trafik.example")
    make.official(ulf, trafikkontoret)
    make.mandate(ulf, trafikkontoret, ostberga)
    given = {"organisation": trafikkontoret, "by": tova, "short_name": "Gatu", **NO_WORDS}
    descriptions.write_own_words(**given, name="Gatukontoret")
    descriptions.write_own_words(**given, name="Gatukontoret")  # only the words

    letters = {letter.to: letter for letter in Letter.objects.filter(kind="body-renamed")}
    assert Letter.objects.count() == 3
    assert set(letters) == {"registrator@trafik.example", ulf.email, ake.email}
    assert {letter.subject for letter in letters.values()} == {"Trafikkontoret heter nu Gatukontoret"}
    assert ["Tova ändrade det" in letters[to].text for to in ("registrator@trafik.example", ake.email)] == [True, False]


def test_nobodys_mailbox_is_filled_by_a_body_that_changes_its_name(tova, ostberga, trafikkontoret, ake):
    given = {"organisation": trafikkontoret, "by": tova, "short_name": "Gatu", **NO_WORDS}
    for number in range(MOST_NAMES):
        descriptions.write_own_words(**given, name=f"Gatukontoret {number}")

    with pytest.raises(Refusal, match=f"{MOST_NAMES} nya namn det senaste dygnet"):
        descriptions.write_own_words(**given, name="Gatukontoret")
    assert SecurityEvent.objects.filter(kind="name_changed", who=tova).count() == MOST_NAMES
    assert Letter.objects.filter(to=ake.email).count() == MOST_NAMES
    descriptions.write_own_words(**given, name=f"Gatukontoret {MOST_NAMES - 1}")  # the name that it has


def test_another_name_asks_who_it_is_and_other_words_do_not(tova, ostberga, trafikkontoret, browse):
    part = ostberga.partnerships.get(organisation=trafikkontoret)
    path, browser = f"/mitt/organisation/{part.pk}/ord/", browse(tova)
    with_second_factor(browser, tova, at=0)
    form = form_to(browser.get(path), path)

    words = browser.post(path, form.typed({"plain_language_sv": "Vi lagar gatlyktor."}))
    assert words.headers["Location"] == f"/mitt/organisation/{part.pk}/"
    form = form_to(browser.get(path), path)
    asked = browser.post(path, form.typed(RENAMED)).headers["Location"]
    trafikkontoret.refresh_from_db()
    assert (asked.partition("?")[0], trafikkontoret.name) == ("/konto/reauthenticate/", "Trafikkontoret")

    again = form_to(browser.get(asked), asked, "/konto/reauthenticate/")
    browser.post(again.action, again.typed({"password": PASSWORD}))
    trafikkontoret.refresh_from_db()
    assert (trafikkontoret.name, trafikkontoret.short_name) == ("Gatukontoret", "Gatu")
