"""The administrator's page: bodies, registries, appointments and how the servers are, without the admin site."""

import pytest

from actors.models import Letter, Organisation, RegistryEntry
from tests import factories as make

SITE = "/mitt/drift/"


@pytest.fixture
def keeper(db, browse):
    """A browser signed in as the installation's administrator."""
    return browse(make.user("it@stad.example", is_staff=True, is_superuser=True))


def test_the_page_says_how_the_servers_are_and_nothing_that_was_said(keeper, ostberga, ake, autumn):
    make.answer(autumn, "Hemligheten i port 14")

    page = keeper.get(SITE).text

    assert "Samverkan Östberga" in page
    assert "Säkerhetskopia" in page
    assert "Hemligheten" not in page


def test_a_test_letter_goes_to_herself_and_its_fate_is_shown(keeper, ake, browse):
    keeper.post(f"{SITE}provbrev/")

    letter = Letter.objects.get(kind="mail-test")
    assert letter.to == "it@stad.example"
    assert "väntar på att skickas" in keeper.get(SITE).text
    assert browse(ake).post(f"{SITE}provbrev/").status_code == 404


def test_letters_that_should_have_gone_are_told(keeper, ostberga):
    Letter.objects.create(kind="news", to="x@example.se", subject="x", send_after="2026-01-01T00:00Z")

    assert "1 brev skulle ha gått" in keeper.get(SITE).text


def test_a_body_and_its_registry_are_added_and_taken_away(keeper, db):
    keeper.post(f"{SITE}registrator/", {"listed": "Polisen.example", "note": "Polisregionen"})
    added = {"name": "Polisen", "short_name": "Polisen", "slug": "polisen", "kind": "state_authority"}

    page = keeper.post(f"{SITE}organisation/", {**added, "registry_email": "registrator@polisen.example"}, follow=True)

    body = Organisation.objects.get()
    assert (body.registry_email, body.created_in) == ("registrator@polisen.example", None)
    assert "Polisen finns nu" in page.text
    assert "tas bort" in keeper.post(f"{SITE}organisation/{body.pk}/ta-bort/", follow=True).text
    keeper.post(f"{SITE}registrator/{RegistryEntry.objects.get().pk}/stryk/")
    assert not RegistryEntry.objects.exists()


def test_an_unlisted_registry_is_refused_beside_what_was_typed(keeper, db):
    typed = {"name": "Polisen", "short_name": "Polisen", "slug": "polisen", "kind": "state_authority"}

    page = keeper.post(f"{SITE}organisation/", {**typed, "registry_email": "registrator@polisen.example"})

    assert (page.status_code, Organisation.objects.count()) == (422, 0)
    assert 'value="registrator@polisen.example"' in page.text


def test_she_proposes_and_takes_back(keeper, ostberga, ake, registry):
    typed = {"collaboration": ostberga.pk, "email": "ny@stad.example", "name": "Ny", "role": "deputy"}
    keeper.post(f"{SITE}uppdrag/", typed)
    proposal = ostberga.appointment_proposals.waiting().get()

    keeper.post(f"{SITE}forslag/{proposal.pk}/ta-tillbaka/")

    assert not ostberga.appointment_proposals.waiting().exists()
    assert not ostberga.invitations.exists()


def test_another_person_is_proposed_after_a_no(keeper, ostberga, registry):
    ostberga.awaits_controller = True
    ostberga.save()
    typed = {"collaboration": ostberga.pk, "email": "ny@stad.example", "name": "Ny", "role": "coordinator"}

    keeper.post(f"{SITE}uppdrag/", typed)

    assert ostberga.invitations.usable().get().email == "ny@stad.example"


def test_nobody_but_the_coordinator_to_be_is_invited_to_prepare(keeper, ostberga, registry):
    ostberga.awaits_controller = True
    ostberga.save()
    typed = {"collaboration": ostberga.pk, "name": "Olle", "email": "olle@stad.example"}

    keeper.post(f"{SITE}uppdrag/", {**typed, "role": "officer"})
    deputy = keeper.post(f"{SITE}uppdrag/", {**typed, "role": "deputy"})

    proposal = ostberga.appointment_proposals.get()
    keeper.post(f"{SITE}forslag/{proposal.pk}/igen/")
    assert proposal.role == "officer"
    assert not Letter.objects.filter(kind="invitation").exists()
    assert (deputy.status_code, "när den personuppgiftsansvariga har bekräftat" in deputy.text) == (422, True)


def test_who_cannot_coordinate_is_told_at_her_address(keeper, answers):
    page = keeper.post(f"{SITE}ny-samverkan/", {**answers, "coordinator_email": "it@stad.example"})

    assert page.status_code == 422
    assert "kan inte samordna" in page.context["form"].errors["coordinator_email"][0]
