"""Who leaves a body, or a collaboration, loses her mandate there, and gets it back only by the body's word."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.mandates import confirming, ending
from actors.models import Letter, Mandate
from actors.partners import partnerships
from actors.people import inviting
from actors.people.memberships import affiliations_of, end_affiliation
from dialogue.models import PartDecision
from ostberga.lib.refusal import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def invite(trafikkontoret):
    """A function that invites a person to Trafikkontoret, which she accepts."""

    def send(collaboration, user):
        by = collaboration.appointments.get().user
        given = {"email": user.email, "name": user.name, "organisation": trafikkontoret}
        inviting.join(inviting.invite(collaboration=collaboration, by=by, **given), user=user)

    return send


@pytest.fixture
def leave(ostberga, ake):
    """A function that ends a person's place in Östberga; she was last there so many days ago."""

    def end(person, *, days_ago=1, since=None):
        person.affiliations.update(since=since or timezone.localdate() - 30 * DAY)
        place = person.affiliations.get(until=None)
        end_affiliation(place, collaboration=ostberga, by=ake, on=timezone.localdate() - days_ago * DAY)

    return end


@pytest.mark.usefixtures("rut")
def test_she_leaves_and_is_invited_again_there_or_here_and_may_not_answer(tova, leave, invite, rinkeby, ostberga):
    leave(tova)
    mandate = tova.mandates.get()
    invite(rinkeby, tova)
    invite(ostberga, tova)

    assert (mandate.ended_reason, Mandate.objects.in_force().count()) == ("Tova har lämnat Trafikkontoret.", 0)
    assert Letter.objects.filter(kind="mandate-closed", to=tova.email).count() == 1


def test_the_registry_and_her_colleagues_hear_that_a_coordinator_ended_her_mandate(
    tova, trafikkontoret, leave, ostberga
):
    box = make.registry(trafikkontoret)
    colleague = make.official(make.user("kim@ostberga.example"), trafikkontoret).user
    make.mandate(colleague, trafikkontoret, ostberga)
    leave(tova)

    told = Letter.objects.filter(kind="mandate-closed")
    assert {letter.to for letter in told} == {tova.email, colleague.email, box}
    assert "Avslutat av Åke" in told.get(to=box).kept_text


def test_not_even_if_nobody_ended_her_mandate(tova, trafikkontoret, in_force):
    mandate, today = tova.mandates.get(), timezone.localdate()
    Mandate.objects.update(since=today - 9 * DAY, confirmed_at=timezone.now() - 9 * DAY)
    tova.affiliations.update(since=today - 30 * DAY)
    assert in_force(mandate)

    tova.affiliations.update(until=today - DAY)
    make.official(tova, trafikkontoret)
    assert not in_force(mandate)


@pytest.mark.usefixtures("rut")
def test_with_some_days_left_she_answers_until_the_last(tova, leave, invite, rinkeby, in_force):
    leave(tova, days_ago=-5)
    mandate = tova.mandates.get()
    invite(rinkeby, tova)

    assert (in_force(mandate), mandate.until) == (True, timezone.localdate() + 5 * DAY)
    assert not Mandate.objects.in_force(timezone.localdate() + 6 * DAY).exists()
    assert "slutar gälla efter" in Letter.objects.get(kind="mandate-closed", to=tova.email).text


def test_what_waits_is_stopped_too(iman, propose, leave, secret, box):
    mandate = propose()
    token = secret("mandate-asked", box)
    leave(iman, days_ago=-5)

    with pytest.raises(Refusal, match="redan använd"):
        confirming.confirm_by_link(token)
    assert not Mandate.objects.waiting().filter(pk=mandate.pk).exists()


def test_another_collaboration_ends_her_place_there_and_nothing_here(tova, invite, rut, in_force, ostberga):
    place, rinkeby = tova.affiliations.get(), rut.appointments.get().collaboration
    invite(rinkeby, tova)
    end_affiliation(place, collaboration=rinkeby, by=rut, on=timezone.localdate())
    place.refresh_from_db()

    assert (place.until, in_force(tova.mandates.get())) == (None, True)
    assert affiliations_of(ostberga).contains(place)
    rinkeby.invitations.update(withdrawn_at=timezone.now())
    assert not affiliations_of(rinkeby).contains(place)


def test_she_leaves_here_and_stays_in_the_other(tova, leave, invite, rut, ostberga):
    rinkeby = rut.appointments.get().collaboration
    invite(rinkeby, tova)
    leave(tova)
    place = tova.affiliations.get()

    assert (Mandate.objects.in_force().exists(), place.until) == (False, None)
    assert [affiliations_of(where).contains(place) for where in (ostberga, rinkeby)] == [False, True]


def test_a_body_that_left_the_collaboration_answers_there_no_more(tova, ake, ostberga, trafikkontoret, rinkeby):
    elsewhere = make.mandate(tova, trafikkontoret, rinkeby)
    part = ostberga.partnerships.get(organisation=trafikkontoret)
    partnerships.leave(part, by=ake, on=timezone.localdate() - DAY, reason="Ny organisation.")
    partnerships.add_partner(collaboration=ostberga, organisation=trafikkontoret, by=ake, on=timezone.localdate())

    assert list(Mandate.objects.in_force().filter(person=tova)) == [elsewhere]


def test_nor_does_one_that_is_no_addressee_any_more(ake, ostberga, in_force):
    outside, bo = make.organisation("Regionen"), make.user("bo@regionen.example")
    addressee = ostberga.addressees.create(organisation=outside, about={"sv": "Kör bussarna."})
    make.official(bo, outside)
    mandate = make.mandate(bo, outside, ostberga)
    partnerships.remove_addressee(addressee, by=ake)

    assert not in_force(mandate)


def test_a_withdrawn_proposal_opens_no_reading(iman, propose, ake, talk, trafikkontoret):
    mandate = propose()
    make.decision(make.issue(talk), ake, trafikkontoret)
    shown = PartDecision.objects.shown_to(iman)
    assert shown.exists()

    ending.withdraw(mandate, by=ake)
    assert not shown.all().exists()
