"""The coordinator proposes; she can neither confirm nor choose who confirms."""

import pytest
from django.urls import reverse

from actors.mandates import confirming, proposing, registry_addresses
from actors.models import Letter, Mandate, RegistryAddressChange, RegistryEntry, User
from actors.people import inviting
from ostberga.lib.refusal import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
HERS = "ake.privat@example.org"


def test_a_coordinators_own_mailbox_is_no_registry(ake, trafikkontoret, browse):
    browse(ake).post(f"/samordna/ostberga/personer/registrator/{trafikkontoret.pk}/", {"address": HERS})
    trafikkontoret.refresh_from_db()

    # It waits for the list. Nobody is asked, and the page does not tell whose it is.
    assert (trafikkontoret.registry_email, Letter.objects.filter(kind="registry-asked").count()) == ("", 0)
    assert RegistryAddressChange.objects.waiting_for_list().count() == 1


def test_one_that_waited_is_dropped_when_it_turns_out_to_be_an_accounts(ake, trafikkontoret):
    registry_addresses.enter(organisation=trafikkontoret, address=ake.email, by=ake)
    RegistryEntry.objects.create(listed=ake.email.partition("@")[2])

    assert registry_addresses.ask_those_that_count() == 0
    assert RegistryAddressChange.objects.get().replaced_at is not None


def test_nor_is_the_address_of_any_account_though_its_domain_is_listed(ake, iman, trafikkontoret, box):
    make.user("ake@trafik.example")
    for address in ("ake@trafik.example", "AKE@trafik.example"):
        with pytest.raises(Refusal, match="kan inte bekräfta åt organisationen"):
            registry_addresses.enter(organisation=trafikkontoret, address=address, by=ake)


def test_a_domain_below_a_listed_one_is_not_listed(ake, trafikkontoret, box):
    for address in ("r@ake.trafik.example", "r@trafik.example.org", "r@xtrafik.example"):
        entered = registry_addresses.enter(organisation=trafikkontoret, address=address, by=ake)
        assert (entered.waits_for_list, entered.token_hash) == (True, "")
    with pytest.raises(Refusal):
        registry_addresses.enter(organisation=trafikkontoret, address="r@trafik.example@x.org", by=ake)


def test_without_a_registry_it_is_said_who_can_mend_it(propose, trafikkontoret):
    trafikkontoret.registry_email = ""
    trafikkontoret.save()

    with pytest.raises(Refusal, match="ingen registratorsadress") as refused:
        propose()
    assert "Samordnaren skriver in adressen" in refused.value.who


def test_a_first_address_counts_when_it_is_confirmed_there_and_its_people_are_told(ake, polly, browse, amina, secret):
    polisen = polly.mandates.get().organisation
    RegistryEntry.objects.create(listed="polisen.example")
    typed, box = {"address": "Registrator@Polisen.example"}, "registrator@polisen.example"
    browse(ake).post(f"/samordna/ostberga/personer/registrator/{polisen.pk}/", typed)
    polisen.refresh_from_db()
    assert polisen.registry_email == ""

    amina.post(f"/registrator/{secret('registry-asked', box)}/", {"svar": "bekrafta"})
    polisen.refresh_from_db()
    assert polisen.registry_email == box
    assert set(Letter.objects.filter(kind="registry-set").values_list("to", flat=True)) == {box, polly.email}


def test_a_change_is_confirmed_at_the_old_address(ake, trafikkontoret, box, secret, amina):
    change = registry_addresses.enter(organisation=trafikkontoret, address="arkivet@trafik.example", by=ake)
    trafikkontoret.refresh_from_db()
    assert (trafikkontoret.registry_email, change.sent_to) == (box, box)

    address = f"/registrator/{secret('registry-asked', box)}/"
    page, answer = amina.get(address), amina.post(address, {"svar": "bekrafta"})
    trafikkontoret.refresh_from_db()
    assert ("arkivet@trafik.example" in page.text, answer.status_code) == (True, 200)
    assert trafikkontoret.registry_email == "arkivet@trafik.example"
    assert amina.get(address).status_code == 404


def test_the_old_address_says_no_and_stays(ake, trafikkontoret, box, secret, amina):
    registry_addresses.enter(organisation=trafikkontoret, address="arkivet@trafik.example", by=ake)
    amina.post(f"/registrator/{secret('registry-asked', box)}/", {"svar": "nej"})
    trafikkontoret.refresh_from_db()

    assert trafikkontoret.registry_email == box


def test_an_invitation_to_the_registry_does_not_stop_it(propose, ake, box, secret, in_force):
    mandate = propose()
    inviting.invite(collaboration=mandate.collaboration, by=ake, email=box, name="Registrator")
    confirming.confirm_by_link(secret("mandate-asked", box))

    assert in_force(mandate)


def test_a_coordinator_elsewhere_can_not_enter_it(stranger, trafikkontoret, box):
    make.coordinator(make.collaboration("annanstans"), stranger)

    with pytest.raises(Refusal) as refused:
        registry_addresses.enter(organisation=trafikkontoret, address="arkivet@trafik.example", by=stranger)
    assert refused.value.code == "may_not"


def test_an_association_confirms_by_its_contact_and_only_makes_commitments(ostberga, ake, secret, amina):
    growers = make.organisation("Odlarna", slug="odlarna", kind="association")
    make.partnership(ostberga, growers)
    olle = make.user("olle@example.se")
    make.official(olle, growers)
    given = {"organisation": growers, "address": "kassor@example.se", "by": ake}
    with pytest.raises(Refusal, match="kontaktperson"):
        registry_addresses.enter(**given)
    registry_addresses.enter(**given, contact_name="Kim")
    growers.refresh_from_db()
    assert growers.registry_email == ""

    amina.post(f"/registrator/{secret('registry-asked', 'kassor@example.se')}/", {"svar": "bekrafta"})
    growers.refresh_from_db()
    asked = {"person": olle, "organisation": growers, "collaboration": ostberga, "by": ake}
    with pytest.raises(Refusal, match="kan inte ge mandat att fatta beslut på delegation"):
        proposing.propose(**asked, scopes=["delegation"])
    assert proposing.propose(**asked, scopes=["commitments"]).sent_to == "kassor@example.se"


def test_a_coordinator_is_no_contact_of_an_association(ostberga, ake):
    growers = make.organisation("Odlarna", kind="association")
    make.partnership(ostberga, growers)

    with pytest.raises(Refusal, match="kan inte bekräfta åt föreningen"):
        registry_addresses.enter(organisation=growers, address=ake.email, by=ake, contact_name="Åke")


def test_an_accepted_invitation_proposes_a_mandate_and_the_letter_goes(ake, ostberga, trafikkontoret, box, secret):
    given = {"collaboration": ostberga, "by": ake, "email": "ny@example.se", "name": "Ny"}
    invitation = inviting.invite(**given, organisation=trafikkontoret, scopes=["register", "delegation"])
    assert not Mandate.objects.exists()
    person = inviting.accept(invitation, name="Ny", password="gatlyktor-och-buskar")
    mandate = Mandate.objects.get(person=person)

    assert (mandate.scopes, mandate.is_waiting, mandate.sent_to) == (["delegation", "register"], True, box)
    assert secret("mandate-asked", box)


def test_who_accepts_takes_her_turn_before_her_invitation_is_locked(
    ake, ostberga, trafikkontoret, django_assert_max_num_queries
):
    given = {"collaboration": ostberga, "by": ake, "email": "ny@example.se", "name": "Ny"}
    invitation = inviting.invite(**given, organisation=trafikkontoret, scopes=["register"])
    with django_assert_max_num_queries(99) as queries:
        inviting.accept(invitation, name="Ny", password="gatlyktor-och-buskar")
    locks = [sql for query in queries if "FOR NO KEY UPDATE" in (sql := query["sql"]) or "pg_advisory" in sql]

    assert ("pg_advisory" in locks[0], "actors_invitation" in locks[1]) == (True, True)


def test_her_page_shows_how_it_goes_and_sends_again(propose, browse, ake, box):
    mandate = propose()
    page = browse(ake).get("/samordna/ostberga/personer/").text
    assert ("Väntar på registratorn" in page, box in page) == (True, True)

    again = reverse("coordinate:mandate-again", args=["ostberga", mandate.pk])
    assert browse(ake).post(again).status_code == 302
    assert Letter.objects.filter(kind="mandate-asked", to=box).count() == 2
    browse(ake).post(reverse("coordinate:mandate-withdraw", args=["ostberga", mandate.pk]))
    assert "Avslutat" in browse(ake).get("/samordna/ostberga/personer/").text


def test_the_page_proposes_for_whoever_belongs_to_a_body(ake, iman, box, browse):
    address = reverse("coordinate:mandate-propose", args=["ostberga", iman.affiliations.get().pk])
    typed = {"scopes": ["commitments"], "since": "2026-01-01"}
    assert browse(ake).post(address, {"scopes": []} | {"since": "2026-01-01"}).status_code == 422

    assert (browse(ake).get(address).status_code, browse(ake).post(address, typed).status_code) == (200, 302)
    assert [mandate.person for mandate in Mandate.objects.waiting()] == [iman]


def test_one_proposal_at_a_time_and_only_for_who_belongs(propose, stranger):
    propose()

    with pytest.raises(Refusal, match="väntar redan"):
        propose()
    with pytest.raises(Refusal, match="hör inte till"):
        propose(person=stranger)
    with pytest.raises(Refusal) as refused:
        propose(by=User.objects.get(pk=stranger.pk))
    assert refused.value.code == "may_not"
