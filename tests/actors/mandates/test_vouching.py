"""Whom a registry confirmed may vouch; what she vouched for stands and falls with her."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.mandates import confirming, ending, proposing
from actors.models import Letter, Mandate
from ostberga.lib.refusal import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def vouched(tova, propose):
    """Iman's mandate, for which Tova has vouched."""
    mandate = propose()
    confirming.vouch(mandate, by=tova)
    return mandate


def test_who_was_vouched_for_does_not_vouch_in_her_turn(vouched, ostberga, trafikkontoret, ake, browse):
    ole = make.user("ole@trafik.example", name="Ole")
    make.official(ole, trafikkontoret)
    asked = {"person": ole, "organisation": trafikkontoret, "collaboration": ostberga, "by": ake}
    mandate, iman = proposing.propose(**asked, scopes=["commitments"]), vouched.person

    with pytest.raises(Refusal) as refused:
        confirming.vouch(mandate, by=iman)
    assert refused.value.code == "may_not"
    assert browse(iman).post(f"/mitt/organisation/mandat/{mandate.pk}/ga-i-god-for/").status_code == 404


def test_it_ends_with_the_mandate_of_the_one_who_vouched_and_there_is_no_circle(vouched, tova, iman, in_force):
    ending.end(tova.mandates.get(), by=tova)
    vouched.refresh_from_db()

    assert (in_force(vouched), vouched.ended_reason) == (False, "Tova, som gick i god, har inte längre mandat.")
    told = Letter.objects.filter(kind="mandate-closed", to=iman.email)
    assert {letter.subject for letter in told} == {"Mandatet för Trafikkontoret är avslutat"}
    assert ["Iman" in letter.kept_text for letter in told.order_by("written_at")] == [False, True]


def test_another_mandate_that_the_registry_confirmed_carries_it(vouched, tova, rinkeby, trafikkontoret, in_force):
    make.mandate(tova, trafikkontoret, rinkeby)
    ending.end(tova.mandates.in_collaboration(vouched.collaboration).get(), by=tova)
    assert in_force(vouched)

    ending.end(tova.mandates.in_collaboration(rinkeby).get(), by=tova)
    assert not in_force(vouched)


def test_it_is_not_in_force_while_the_account_of_the_one_who_vouched_is_closed(vouched, tova, in_force):
    tova.is_active = False
    tova.save()

    assert not in_force(vouched)


def test_it_lasts_no_longer_than_hers(tova, propose):
    today = timezone.localdate()
    last = today + dt.timedelta(days=9)
    Mandate.objects.filter(person=tova).update(until=last)
    mandate = propose()
    confirming.vouch(mandate, by=tova)
    assert mandate.until == last

    ending.end(mandate, by=tova)
    with pytest.raises(Refusal, match="slutar innan"):
        confirming.vouch(propose(since=last + dt.timedelta(days=1)), by=tova)
