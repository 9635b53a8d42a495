"""The registry confirms a mandate, or says no, with a link that works once."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from actors.mandates import confirming, ending, proposing
from actors.models import CollaborationEvent, Letter, Mandate, Organisation, RegistryEntry
from ostberga.lib.refusal import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_registry_reads_who_it_is_and_confirms_without_an_account(propose, secret, box, amina, in_force):
    mandate = propose()
    address = f"/mandat/{secret('mandate-asked', box)}/"
    page = amina.get(address)
    answer = amina.post(address, {"svar": "bekrafta"})
    mandate.refresh_from_db()

    for shown in ("Iman, Ingenjör", "iman@ostberga.example", "Trafikkontoret", "Samverkan Östberga", "Åke"):
        assert shown in page.text
    assert all(
        f"<li>{words}</li>" in page.text
        for words in ("fatta beslut på delegation", "göra åtaganden och ansluta sig till överenskommelser")
    )
    assert (answer.status_code, "Nu kan Iman svara" in answer.text, in_force(mandate)) == (200, True, True)
    assert (mandate.confirmed_by, mandate.confirmed_by_address) == (None, box)


def test_opening_the_link_changes_nothing_and_sets_no_cookie(propose, secret, box, amina):
    mandate = propose()
    page = amina.get(f"/mandat/{secret('mandate-asked', box)}/")
    amina.head(f"/mandat/{secret('mandate-asked', box)}/")

    assert (page.headers["X-Robots-Tag"], dict(page.cookies)) == ("noindex, nofollow", {})
    assert Mandate.objects.waiting().contains(mandate)


def test_the_link_works_once(propose, secret, box, amina, in_force):
    mandate, address = propose(), f"/mandat/{secret('mandate-asked', box)}/"
    amina.post(address, {"svar": "bekrafta"})

    assert [amina.get(address).status_code, amina.post(address, {"svar": "nej"}).status_code] == [404, 404]
    assert in_force(mandate)


def test_only_a_hash_of_the_link_is_kept(propose, secret, box):
    propose()

    assert secret("mandate-asked", box) not in str(Mandate.objects.values_list().get())


def test_an_old_a_withdrawn_and_a_replaced_link_open_nothing(propose, secret, box, ake, amina):
    mandate = propose()
    first = secret("mandate-asked", box)
    proposing.send_again(mandate, by=ake)
    second = secret("mandate-asked", box)
    assert (confirming.find_waiting(first), confirming.find_waiting(second)) == (None, mandate)
    Mandate.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert amina.get(f"/mandat/{second}/").status_code == 404

    proposing.send_again(mandate, by=ake)
    third = secret("mandate-asked", box)
    ending.withdraw(mandate, by=ake)
    assert amina.post(f"/mandat/{third}/", {"svar": "bekrafta"}).status_code == 404
    assert not Mandate.objects.in_force().exists()


def test_sending_again_says_that_the_old_link_is_dead_only_if_one_had_gone(propose, box, ake, browse):
    mandate, browser = propose(), browse(ake)
    again = reverse("coordinate:mandate-again", args=[mandate.collaboration.slug, mandate.pk])
    second = browser.post(again, follow=True).text
    Mandate.objects.update(sent_to="", token_hash="", expires_at=None)
    first = browser.post(again, follow=True).text

    assert ["Den gamla länken" in page for page in (second, first)] == [True, False]
    assert f"Frågan har gått till {box}" in first


def test_the_registry_says_no_and_those_who_asked_are_told(propose, secret, box, amina):
    mandate = propose()
    answer = amina.post(f"/mandat/{secret('mandate-asked', box)}/", {"svar": "nej"})
    mandate.refresh_from_db()

    assert ("Samordnaren får veta" in answer.text, bool(mandate.refused_at)) == (True, True)
    assert set(Letter.objects.filter(kind="mandate-closed").values_list("to", flat=True)) == {
        "samordnare@ostberga.example",
        "iman@ostberga.example",
    }


def test_another_site_can_not_press_the_button(propose, secret, box, amina):
    mandate = propose()
    address = f"/mandat/{secret('mandate-asked', box)}/"

    assert amina.post(address, {"svar": "bekrafta"}, headers={"origin": "https://example.org"}).status_code == 403
    assert Mandate.objects.waiting().contains(mandate)


def test_a_link_to_an_address_that_is_no_longer_the_registrys_confirms_nothing(propose, secret, box, trafikkontoret):
    propose()
    token = secret("mandate-asked", box)
    make.registry(trafikkontoret, "registrator@annan.example")

    with pytest.raises(Refusal, match="redan använd"):
        confirming.confirm_by_link(token)


def test_a_domain_struck_from_the_list_confirms_nothing_more(propose, secret, box):
    propose()
    RegistryEntry.objects.all().delete()

    with pytest.raises(Refusal, match="står inte på installationens lista"):
        confirming.confirm_by_link(secret("mandate-asked", box))


def test_the_receipt_ends_the_mandate_at_once(propose, secret, box, amina, in_force):
    mandate = propose()
    amina.post(f"/mandat/{secret('mandate-asked', box)}/", {"svar": "bekrafta"})
    receipt = f"/mandat/{secret('mandate-receipt', box)}/"
    assert "sluta svara för" in amina.get(receipt).text

    answer = amina.post(receipt, {"svar": "avsluta", "skal": "Hon har slutat."})
    mandate.refresh_from_db()
    assert ("Mandatet är avslutat" in answer.text, mandate.ended_reason, in_force(mandate)) == (
        True,
        "Hon har slutat.",
        False,
    )
    assert amina.get(receipt).status_code == 404


def test_what_happened_is_told_in_the_history_with_the_address(propose, secret, box, ostberga):
    propose()
    confirming.confirm_by_link(secret("mandate-asked", box))
    ending.end_by_link(secret("mandate-receipt", box))

    told = CollaborationEvent.objects.filter(collaboration=ostberga).order_by("pk")
    assert [(event.kind, event.by_whom) for event in told] == [
        ("mandate_asked", "Åke"),
        ("mandate_given", box),
        ("mandate_ended", box),
    ]


def test_nobody_confirms_her_own_at_another_spelling_of_the_associations_address(propose, secret, ostberga):
    club = make.organisation("Östberga IK", kind=Organisation.Kind.ASSOCIATION)
    make.partnership(ostberga, club)
    box = make.registry(club, "kontakt@klubben.example")
    contact = make.official(make.user("kon.takt+1@klubben.example"), club).user
    propose(person=contact, organisation=club, scopes=["commitments"])
    with pytest.raises(Refusal) as no:
        confirming.confirm_by_link(secret("mandate-asked", box))

    assert no.value.code == "her_own"


def test_nobody_confirms_her_own_whatever_the_code_does(propose, iman, ake):
    mandate = propose()
    for forged in ({"confirmed_by": iman}, {"confirmed_by": ake}, {"confirmed_by": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mandate.objects.filter(pk=mandate.pk).update(confirmed_at=timezone.now(), **forged)
    no_sense: list[dict[str, Any]] = [{"scopes": []}, {"scopes": ["allt"]}, {"until": dt.date(2000, 1, 1)}]
    for broken in no_sense:
        with pytest.raises(IntegrityError), transaction.atomic():
            Mandate.objects.filter(pk=mandate.pk).update(**broken)


def test_an_address_that_changes_while_the_link_is_answered_confirms_nothing(propose, secret, box, monkeypatch):
    mandate, find = propose(), confirming.find_waiting

    def find_and_move(token):
        known = find(token)
        Organisation.objects.filter(pk=mandate.organisation_id).update(registry_email="ny@trafik.example")
        return known

    monkeypatch.setattr(confirming, "find_waiting", find_and_move)
    with pytest.raises(Refusal, match="redan använd eller för gammal"):
        confirming.confirm_by_link(secret("mandate-asked", box))
