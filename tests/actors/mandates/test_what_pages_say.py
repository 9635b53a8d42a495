"""What the pages about mandates say of proposals that wait, of what a mandate covers, and of who can mend it."""

import pytest
from django.utils import timezone

from actors.models import Letter, Mandate
from actors.rules.mandates import MandateScope
from tests import factories as make

pytestmark = pytest.mark.django_db
PEOPLE = "/samordna/ostberga/personer/"


def test_propose_tells_of_the_proposal_that_waits(propose, iman, ake, browse, box):
    address = f"{PEOPLE}{iman.affiliations.get().pk}/mandat/"
    assert "Fråga registratorn" in browse(ake).get(address).text
    propose()

    page = browse(ake).get(address)
    assert (f"väntar redan hos {box}" in " ".join(page.text.split()), "Fråga registratorn" in page.text) == (
        True,
        False,
    )
    answer = browse(ake).post(address, {"scopes": ["delegation"], "since": "2026-01-01"})
    assert (answer.status_code, "väntar redan" in answer.text, Mandate.objects.waiting().count()) == (422, True, 1)


def test_what_a_mandate_covers_is_a_list(propose, ake, tova, browse, secret):
    asked = secret("mandate-asked", propose().sent_to)
    pages = [browse(ake).get(PEOPLE), browse().get(f"/mandat/{asked}/")]
    pages.append(browse(tova).get("/mitt/organisation/mandat/"))

    for page in pages:
        for scope in (MandateScope.DELEGATION, MandateScope.COMMITMENTS):
            assert f"<li>{scope.label}</li>" in page.text


def test_two_bodies_of_the_same_name_are_two(tova, ostberga, browse, trafikkontoret):
    other = make.organisation(trafikkontoret.name, created_in=make.collaboration("rinkeby"))
    for name, body in (("Adam", trafikkontoret), ("Bo", other), ("Cia", trafikkontoret)):
        person = make.user(f"{name}@trafik.example", name=name)
        make.official(person, body)
        make.mandate(person, body, ostberga)
    make.official(tova, other)
    make.mandate(tova, other, ostberga)
    bodies = browse(tova).get("/mitt/organisation/mandat/").context["overview"].bodies

    assert {body.organisation: {row.mandate.person.name for row in body.rows} for body in bodies} == {
        trafikkontoret: {"Adam", "Cia", "Tova"},
        other: {"Bo", "Tova"},
    }
    assert len(bodies) == 2


@pytest.mark.parametrize("has_registry", [True, False])
def test_an_invitation_says_what_waits_and_who_can_mend_it(ake, browse, trafikkontoret, has_registry):
    if has_registry:
        make.registry(trafikkontoret)
    typed = {"email": "ny@trafik.example", "name": "Ny", "organisation": trafikkontoret.pk, "scopes": ["delegation"]}
    page = browse(ake).post(f"{PEOPLE}bjud-in/", typed, follow=True).text

    assert "Inbjudan till Ny är skriven" in page
    told = "har ingen registratorsadress som kan bekräfta."
    link = f'/personer/registrator/{trafikkontoret.pk}/">Skriv in adressen</a>'
    assert (told in page, link in page) == (not has_registry, not has_registry)


def test_one_fact_is_told_the_same_way_on_every_page(iman, ake, talk, ostberga, browse):
    browser, body = browse(iman), iman.affiliations.get().organisation
    waiting = {"confirmed_at": None, "confirmed_by_address": "", "sent_to": "", "proposed_by": ake}
    make.mandate(iman, body, ostberga, **waiting)
    part = ostberga.partnerships.get(organisation=body)
    asked = make.commitment(make.activity(make.issue(talk), ake), body, ake, reply="asked")
    pages = ("/mitt/", f"/mitt/organisation/{part.pk}/", f"/mitt/atagande/{asked.pk}/")

    for path in pages:
        told = " ".join(browser.get(path).text.split())
        assert "Du kan inte svara för Trafikkontoret än." in told
        assert "Er registrators adress saknas." in told
        assert "Väntar på att er registrator" not in told
    assert "Registratorns adress saknas." in browser.get("/mitt/organisation/mandat/").text
    assert "Hos den som har mandat att svara" in " ".join(browser.get("/mitt/").text.split())


def test_the_letter_says_what_is_proposed_and_that_nothing_is_confirmed(ake, trafikkontoret, browse):
    typed = {"email": "ny@trafik.example", "name": "Ny", "organisation": trafikkontoret.pk, "scopes": ["delegation"]}
    browse(ake).post(f"{PEOPLE}bjud-in/", typed)

    letter = Letter.objects.get(to="ny@trafik.example").text
    assert "att du får fatta beslut på delegation. Det gäller först när organisationens registrator" in letter
    assert "företräder" not in letter


def test_the_desk_does_not_say_that_nothing_waits_above_what_waits(propose, iman, browse):
    assert "Inget väntar" not in browse(iman).get("/mitt/").text  # the body's words wait for it
    now = timezone.now()
    words = iman.affiliations.get().organisation.partnerships
    words.update(accepted_at=now, confirmed_at=now, confirmed_by=iman)
    assert "Inget väntar" in browse(iman).get("/mitt/").text
    propose()

    page = browse(iman).get("/mitt/").text
    assert ("Väntar på att er registrator" in page, "Inget väntar" in page) == (True, False)
