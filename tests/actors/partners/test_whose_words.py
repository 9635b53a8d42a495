"""A body's own words are its own people's; a coordinator's words about it stay in her collaboration."""

import pytest
from django.utils import timezone

from actors.models import Organisation
from actors.partners import partnerships
from actors.partners.responsibility_search import search_responsibilities
from actors.people import inviting
from ostberga.lib.refusal import Refusal
from tests import factories as make

HERS = {"contact_function": "Kundtjänst", "plain_language_sv": "Sköter gatorna."}
OWN = {"name": "Trafikkontoret", "short_name": "Trafik", "plain_language_sv": "Vi lagar gatlyktor."}


@pytest.fixture
def rinkeby(trafikkontoret):
    """Another collaboration with the same body, and Rut who coordinates it."""
    place = make.collaboration("rinkeby", name="Samverkan Rinkeby")
    make.partnership(place, trafikkontoret)
    return place


@pytest.fixture
def rut(rinkeby):
    user = make.user("rut@rinkeby.example", name="Rut")
    make.coordinator(rinkeby, user)
    return user


@pytest.fixture
def part(ostberga, trafikkontoret):
    return ostberga.partnerships.get(organisation=trafikkontoret)


def shown_in(browser, slug):
    return browser.get(f"/{slug}/parter/").text


def test_what_a_coordinator_writes_of_a_body_shows_only_in_her_collaboration(ake, rut, trafikkontoret, browse):
    amina = browse()
    browse(rut).post(f"/samordna/rinkeby/organisationer/{trafikkontoret.pk}/", {"plain_language_sv": "Gör ingenting."})
    browse(ake).post(f"/samordna/ostberga/organisationer/{trafikkontoret.pk}/", HERS)

    here, there = shown_in(amina, "ostberga"), shown_in(amina, "rinkeby")
    assert ("Sköter gatorna." in here, "Gör ingenting." in here) == (True, False)
    assert ("Sköter gatorna." in there, "Gör ingenting." in there) == (False, True)
    assert "Samordnarens ord" in here
    trafikkontoret.refresh_from_db()
    assert (trafikkontoret.plain_language, trafikkontoret.contact_function) == ({}, "")


@pytest.mark.usefixtures("rinkeby")
def test_a_bodys_own_words_take_the_place_of_every_coordinators(ake, tova, part, browse):
    browse(ake).post(f"/samordna/ostberga/organisationer/{part.organisation_id}/", HERS)
    form = browse(tova).get(f"/mitt/organisation/{part.pk}/ord/").text
    assert "Sköter gatorna." in form  # suggested until it has its own

    browse(tova).post(f"/mitt/organisation/{part.pk}/ord/", OWN)

    for slug in ("ostberga", "rinkeby"):
        page = shown_in(browse(), slug)
        assert ("Vi lagar gatlyktor." in page, "Sköter gatorna." in page, "Samordnarens ord" in page) == (
            True,
            False,
            False,
        )


def test_a_coordinator_renames_what_she_typed_in_until_it_confirms(ake, ostberga, browse):
    names = {"name": "Odlarna", "short_name": "Odlarna", "kind": "association"}
    browse(ake).post("/samordna/ostberga/organisationer/ny/", {**names, "plain_language_sv": "Odlar."})
    body = Organisation.objects.get(name="Odlarna")
    part = make.partnership(ostberga, body)
    address = f"/samordna/ostberga/organisationer/{body.pk}/namn/"
    browse(ake).post(address, {**names, "name": "Odlarlaget"})
    body.refresh_from_db()
    assert body.name == "Odlarlaget"

    part.accept()
    assert browse(ake).post(address, {**names, "name": "Något annat"}).status_code == 409
    body.refresh_from_db()
    assert body.name == "Odlarlaget"


def test_a_shared_bodys_name_is_no_coordinators(ake, trafikkontoret, browse):
    typed = {"name": "Gatukontoret", "short_name": "Gatu", "kind": "region"}
    page = browse(ake).post(f"/samordna/ostberga/organisationer/{trafikkontoret.pk}/namn/", typed)

    assert page.status_code == 404


def test_what_another_coordinator_says_a_body_answers_for_is_not_searched(rut, rinkeby, ostberga, part, browse):
    typed = {"subject": "Soporna", "words": "skräp", "note": ""}
    browse(rut).post(f"/samordna/rinkeby/organisationer/{part.organisation_id}/ansvar/", typed)

    assert [search_responsibilities("skräp", place).count() for place in (ostberga, rinkeby)] == [0, 1]


def test_what_a_body_says_itself_is_searched_everywhere(tova, part, rinkeby, ostberga, browse):
    address = f"/mitt/organisation/{part.pk}/ansvar/"
    browse(tova).post(address, {"subject": "Gatubelysning", "words": "lampa", "note": ""})
    area = part.organisation.responsibilities.get()
    assert [search_responsibilities("lampa", place).count() for place in (ostberga, rinkeby)] == [1, 1]

    browse(tova).post(f"{address}{area.pk}/", {"subject": "Gatubelysning", "words": "lykta", "note": ""})
    assert search_responsibilities("lykta", rinkeby).count() == 1
    browse(tova).post(f"{address}{area.pk}/ta-bort/")
    assert part.organisation.responsibilities.count() == 0


def test_a_coordinator_can_not_touch_what_a_body_said_itself(ake, trafikkontoret, browse):
    area = trafikkontoret.responsibilities.create(subject="Ljus", words=["lampa"])
    addresses = [f"/samordna/ostberga/ansvar/{area.pk}/", f"/samordna/ostberga/ansvar/{area.pk}/ta-bort/"]

    assert [browse(ake).post(address, {"subject": "Mörker"}).status_code for address in addresses] == [404, 404]


def test_who_came_by_the_coordinators_own_invitation_does_not_speak_for_the_body(ake, ostberga, part, browse):
    friend = make.user("van@ostberga.example", name="Vän")
    given = {"email": friend.email, "name": "Vän", "organisation": part.organisation, "scopes": ["register"]}
    invitation = inviting.invite(**{"collaboration": ostberga, "by": ake, **given})
    inviting.join(invitation, user=friend)

    page = browse(friend).get(f"/mitt/organisation/{part.pk}/")
    assert "Du kan inte svara för Trafikkontoret än." in page.text
    for act in ("andra", "bekrafta", "ord", "ansvar", "dela"):
        assert browse(friend).post(f"/mitt/organisation/{part.pk}/{act}/", OWN).status_code == 404
    with pytest.raises(Refusal, match="inget mandat som gäller nu"):
        part.confirm(by=friend, text_mark=part.text_mark)


def test_a_body_is_shown_as_unconfirmed_until_it_has_said_yes(tova, part, browse, amina):
    assert [page.count("har inte bekräftat än") for page in (shown_in(amina, "ostberga"),)] == [2]
    browse(tova).post(f"/mitt/organisation/{part.pk}/bekrafta/", {"text_mark": part.text_mark})

    assert shown_in(amina, "ostberga").count("har inte bekräftat än") == 1  # Polisen


def test_what_one_collaboration_typed_in_neither_shows_in_nor_stops_another(ake, rut, ostberga, browse):
    typed = {"name": "Hemliga odlarna", "short_name": "Odlarna", "kind": "association", "plain_language_sv": "Odlar."}
    for user, slug in ((ake, "ostberga"), (rut, "rinkeby")):
        page = browse(user).get(f"/samordna/{slug}/parter/ny/").text
        assert "Hemliga odlarna" not in page
        assert browse(user).post(f"/samordna/{slug}/organisationer/ny/", typed).status_code == 302

    assert list(Organisation.objects.filter(name="Hemliga odlarna").values_list("slug", flat=True)) == ["odlarna"] * 2
    assert browse(rut).post("/samordna/rinkeby/organisationer/ny/", typed).status_code == 422


def test_a_body_lets_every_collaboration_choose_it(ake, rut, ostberga, rinkeby, browse):
    gardeners = make.organisation("Odlarna", created_in=ostberga)
    part, iman = make.partnership(ostberga, gardeners), make.user("iman@odlarna.example")
    make.official(iman, gardeners)
    make.mandate(iman, gardeners, ostberga)
    make.mandate(iman, gardeners, ostberga)
    assert not Organisation.objects.offered_to(rinkeby).contains(gardeners)
    with pytest.raises(Refusal, match="har inte bekräftat"):
        partnerships.share_organisation(organisation=gardeners, by=rut)

    browse(iman).post(f"/mitt/organisation/{part.pk}/dela/")

    assert Organisation.objects.offered_to(rinkeby).contains(gardeners)


def test_no_verb_takes_in_what_another_collaboration_typed_in(rut, rinkeby, ostberga):
    hidden = make.organisation("Odlarna", created_in=ostberga)

    with pytest.raises(Refusal, match="går inte att välja"):
        partnerships.add_partner(collaboration=rinkeby, organisation=hidden, by=rut, on=timezone.localdate())
    with pytest.raises(Refusal, match="går inte att välja"):
        partnerships.show_addressee(collaboration=rinkeby, organisation=hidden, about={}, by=rut)
