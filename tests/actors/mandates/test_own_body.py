"""A body sees all its mandates, vouches for a colleague, and ends a mandate at once."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.mandates import confirming, ending
from actors.models import Letter
from ostberga.lib.refusal import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE = "/mitt/organisation/mandat/"


def test_the_body_sees_its_mandates_in_all_collaborations(tova, rinkeby, trafikkontoret, browse, polly):
    friend = make.user("van@rinkeby.example", name="Vännen")
    make.official(friend, trafikkontoret)
    make.mandate(friend, trafikkontoret, rinkeby)
    page = browse(tova).get(PAGE).text

    assert ("Vännen" in page, "Samverkan Rinkeby" in page) == (True, True)
    assert "Vännen" not in browse(polly).get(PAGE).text


def test_who_only_waits_sees_her_own_and_no_colleagues(propose, tova, iman, browse):
    propose()
    page = browse(iman).get(PAGE).text

    assert ("Väntar på registratorn" in page, "Tova" in page) == (True, False)


def test_its_people_get_a_letter_when_somebody_is_proposed(tova, propose):
    propose()

    assert [letter.to for letter in Letter.objects.filter(kind="mandate-told")] == [tova.email]
    assert Letter.objects.get(kind="mandate-told").collaboration is None


def test_a_colleague_vouches(tova, propose, browse, in_force):
    mandate = propose()
    page = browse(tova).post(reverse("mandate-vouch", args=[mandate.pk]), follow=True)
    mandate.refresh_from_db()

    assert "Du har gått i god för Iman" in page.text
    assert (in_force(mandate), mandate.confirmed_by) == (True, tova)


def test_not_for_more_than_her_own(tova, propose):
    tova.mandates.update(scopes=["commitments"])

    with pytest.raises(Refusal, match="fatta beslut på delegation"):
        confirming.vouch(propose(), by=tova)


def test_not_for_herself_nor_without_a_mandate_nor_for_another_body(tova, polly, iman, propose, stranger):
    mandate = propose()
    for by in (iman, polly, stranger):
        with pytest.raises(Refusal) as refused:
            confirming.vouch(mandate, by=by)
        assert refused.value.code == "may_not"
    tova.mandates.get().refresh_from_db()
    ending.end(tova.mandates.get(), by=tova)
    with pytest.raises(Refusal):
        confirming.vouch(mandate, by=tova)


def test_a_coordinator_who_works_there_does_not_vouch_where_she_coordinates(ake, propose, trafikkontoret, ostberga):
    make.official(ake, trafikkontoret)
    make.mandate(ake, trafikkontoret, ostberga)

    with pytest.raises(Refusal, match="samordnar kan inte bekräfta"):
        confirming.vouch(propose(), by=ake)


def test_the_body_ends_what_a_coordinator_of_another_collaboration_got(tova, rinkeby, trafikkontoret, browse, in_force):
    friend = make.user("van@rinkeby.example", name="Vännen")
    make.official(friend, trafikkontoret)
    mandate = make.mandate(friend, trafikkontoret, rinkeby)
    browse(tova).post(reverse("mandate-end", args=[mandate.pk]), {"skal": "Vi känner honom inte."})
    mandate.refresh_from_db()

    assert (in_force(mandate), mandate.ended_by, mandate.ended_reason) == (False, tova, "Vi känner honom inte.")
    assert Letter.objects.filter(kind="mandate-closed", to=friend.email).count() == 1


def test_nobody_else_ends_it(tova, ake, polly, browse, in_force):
    mandate = tova.mandates.get()
    for user in (ake, polly):
        assert browse(user).post(reverse("mandate-end", args=[mandate.pk])).status_code == 404
        with pytest.raises(Refusal):
            ending.end(mandate, by=user)

    assert in_force(mandate)


def test_it_is_out_of_force_when_her_account_is_closed(tova, in_force):
    mandate = tova.mandates.get()
    tova.is_active = False
    tova.save()

    assert not in_force(mandate)


def test_it_is_out_of_force_when_she_has_left_the_body(tova, in_force):
    mandate = tova.mandates.get()
    assert in_force(mandate)
    tova.affiliations.update(since="2020-01-01", until="2020-01-02")

    assert not in_force(mandate)


def test_it_is_in_force_on_its_first_and_last_day_only(tova, in_force):
    mandate, today, day = tova.mandates.get(), timezone.localdate(), dt.timedelta(days=1)
    for since, until, is_so in ((0, 0, True), (1, 2, False), (-2, -1, False)):
        tova.mandates.update(since=today + since * day, until=today + until * day)
        assert in_force(mandate) is is_so


def test_the_registry_address_is_changed_by_its_own_people_and_confirmed_at_the_old(tova, box, trafikkontoret, browse):
    address = reverse("body-registry", args=[trafikkontoret.pk])
    assert browse(tova).get(address).status_code == 200
    browse(tova).post(address, {"address": "arkivet@trafik.example"})
    trafikkontoret.refresh_from_db()

    assert trafikkontoret.registry_email == box
    assert Letter.objects.filter(kind="registry-asked", to=box).count() == 1
