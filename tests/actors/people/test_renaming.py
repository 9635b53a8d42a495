"""A person changes her name: what she was called is found if she wants it, and stands where it stood."""

import pytest

from actors.letters.flood import MOST_NAMES
from actors.models import Collaboration, Letter, Organisation, SecurityEvent
from actors.people.names.renaming import change_name
from ostberga.lib.refusal import Refusal
from tests import factories as make
from tests.actors.security_log.old_events import event_of

PAGE = "/konto/namn/"


def test_she_is_called_something_else_and_the_coordinator_finds_her_by_both(tova, ake, browse):
    answer = browse(tova).post(PAGE, {"name": "Siv Ek", "keep_former": "on"}, follow=True)
    tova.refresh_from_db()
    people = browse(ake).get("/samordna/ostberga/personer/").text
    hits = browse(ake).get("/samordna/ostberga/sok/", {"q": "tova"}).text

    assert (tova.name, "Nu heter du Siv Ek här." in answer.text) == ("Siv Ek", True)
    assert "Hette tidigare: Tova<" in people
    assert "Hette tidigare: <mark>Tova</mark>" in hits
    assert SecurityEvent.objects.filter(kind="name_changed", who=tova).count() == 1


def test_she_can_have_her_earlier_names_forgotten(tova, ake, browse):
    browse(tova).post(PAGE, {"name": "Siv Ek", "keep_former": "on"})
    browse(tova).post(PAGE, {"name": "Siv Ek"})

    assert not tova.former_names.exists()
    assert "Hette tidigare" not in browse(ake).get("/samordna/ostberga/personer/").text


def test_residents_never_see_what_she_was_called(tova, browse, amina):
    browse(tova).post(PAGE, {"name": "Siv Ek", "keep_former": "on"})

    assert "Tova" not in amina.get("/ostberga/").text + amina.get("/ostberga/parter/").text


def test_a_name_must_be_there_and_nothing_else_is_changed(tova, browse):
    answer = browse(tova).post(PAGE, {"name": " "})
    tova.refresh_from_db()

    assert (answer.status_code, tova.name) == (422, "Tova")


@pytest.mark.parametrize(("keep", "says_the_former"), [({"keep_former": "on"}, True), ({}, False)])
def test_registries_and_coordinators_who_know_her_by_name_are_told(keep, says_the_former, tova, ake, browse):
    Organisation.objects.filter(mandates__person=tova).update(registry_email="registrator@trafik.example")
    browse(tova).post(PAGE, {"name": "Siv Ek", **keep})

    told = {letter.to: letter for letter in Letter.objects.filter(kind="person-renamed")}
    assert set(told) == {"registrator@trafik.example", ake.email}
    assert {letter.subject for letter in told.values()} == {f"{tova.email} heter nu Siv Ek"}
    assert {"Tova med adressen" in letter.text for letter in told.values()} == {says_the_former}


def test_who_answers_for_nobody_changes_her_name_without_letters(ostberga, browse):
    browse(make.user("ny@example.se", name="Ny")).post(PAGE, {"name": "Siv Ek"})

    assert not Letter.objects.filter(kind="person-renamed").exists()


@pytest.mark.parametrize("name", ["Bo Berg", "B0  BERG", "bo-berg"])
def test_nobody_takes_a_name_that_looks_like_a_colleagues(name, tova, trafikkontoret, browse):
    make.official(make.user("bo@example.se", name="Bo Berg"), trafikkontoret)
    answer = browse(tova).post(PAGE, {"name": name, "keep_former": "on"})
    tova.refresh_from_db()

    assert (answer.status_code, "En kollega heter så." in answer.text, tova.name) == (422, True, "Tova")
    with pytest.raises(Refusal, match="En kollega heter så"):
        change_name(user=tova, name=name, keep_former=True)


def test_a_strangers_name_elsewhere_and_ones_own_spelt_better_are_free(tova, browse):
    make.official(make.user("bo@example.se", name="Bo Berg"), make.organisation("Någon annan"))
    for name in ("Bo Berg", "Bo  Berg", "BO BERG"):
        assert browse(tova).post(PAGE, {"name": name}).status_code == 302


def test_nobody_fills_a_mailbox_with_her_names_or_keeps_others_from_changing_theirs(tova, ake, trafikkontoret):
    for number in range(MOST_NAMES):
        change_name(user=tova, name=f"Siv Ek {number}", keep_former=False)

    with pytest.raises(Refusal, match=f"{MOST_NAMES} nya namn det senaste dygnet"):
        change_name(user=tova, name="Siv Ek", keep_former=False)

    bo = make.user("bo@example.se", name="Bo Berg")
    make.official(bo, trafikkontoret)
    make.mandate(bo, trafikkontoret, Collaboration.objects.get())
    for number in range(MOST_NAMES):
        change_name(user=bo, name=f"Bo Ek {number}", keep_former=False)
    assert Letter.objects.filter(kind="person-renamed", to=ake.email).count() == 2 * MOST_NAMES


def test_names_of_yesterday_do_not_count(tova):
    for _ in range(MOST_NAMES):
        event_of(days=1, kind="name_changed", who=tova, object_type="actors.user", object_key=str(tova.pk))
    change_name(user=tova, name="Siv Ek", keep_former=False)

    assert tova.name == "Siv Ek"
