"""Two collaborations with a partner in common: which people each coordinator sees."""

import pytest
from django.utils import timezone

from actors.models import Affiliation, Invitation
from actors.partners import partnerships
from actors.people import inviting
from actors.people.forms.people import AppointForm
from actors.people.memberships import affiliations_of, people_of
from tests import factories as make


@pytest.fixture
def rinkeby(db):
    """Another collaboration, created later."""
    return make.collaboration("rinkeby", name="Samverkan Rinkeby")


@pytest.fixture
def bea(rinkeby):
    """The coordinator of Rinkeby."""
    user = make.user("bea@ostberga.example", name="Bea")
    make.coordinator(rinkeby, user)
    return user


@pytest.fixture
def shared(rinkeby, bea, ostberga, trafikkontoret):
    """Trafikkontoret as partner in Rinkeby too, with a typed date long before."""
    return partnerships.add_partner(
        collaboration=rinkeby, organisation=trafikkontoret, by=bea, on=timezone.localdate().replace(year=2000)
    )


@pytest.fixture
def invite(trafikkontoret):
    """A function that invites a person to Trafikkontoret and accepts."""

    def send(collaboration, by, user):
        invitation = inviting.invite(
            collaboration=collaboration, by=by, email=user.email, name=user.name, organisation=trafikkontoret
        )
        inviting.join(invitation, user=user)
        return user

    return send


def test_taking_in_a_body_opens_no_door_to_its_people(shared, rinkeby, bea, tova, browse):
    page = browse(bea).get("/samordna/rinkeby/personer/")

    assert tova.email not in page.text
    assert tova not in people_of(rinkeby)
    assert tova.name not in str(AppointForm(collaboration=rinkeby)["user"])
    assert browse(bea).get(f"/samordna/rinkeby/personer/{tova.affiliations.get().pk}/avsluta/").status_code == 404


def test_the_first_collaboration_still_sees_its_people(shared, ostberga, ake, tova, browse):
    assert tova in people_of(ostberga)
    assert tova.email in browse(ake).get("/samordna/ostberga/personer/").text


def test_each_sees_whom_it_invited(shared, bea, ostberga, ake, invite):
    rinkeby = shared.collaboration
    ours, theirs = make.user("nils@ostberga.example"), make.user("olga@ostberga.example")
    invite(ostberga, ake, ours)
    invite(rinkeby, bea, theirs)

    assert {ours, theirs} & set(people_of(ostberga)) == {ours}
    assert {ours, theirs} & set(people_of(rinkeby)) == {theirs}


def test_who_answers_for_the_body_here_is_known_here(shared, rinkeby, tova, trafikkontoret):
    make.mandate(tova, trafikkontoret, rinkeby)

    assert [place.user for place in affiliations_of(rinkeby)] == [tova]


def test_who_is_unknown_here_can_be_invited_and_keeps_what_she_may(shared, bea, tova, invite):
    rinkeby = shared.collaboration
    invite(rinkeby, bea, tova)

    place = Affiliation.objects.get(user=tova)
    assert place.title == "Handläggare"
    assert [mandate.collaboration.slug for mandate in tova.mandates.in_force()] == ["ostberga"]
    assert tova in people_of(rinkeby)
    assert Invitation.objects.get().accepted_by == tova


def test_who_is_known_here_is_not_invited_twice(shared, ostberga, tova, trafikkontoret):
    why = inviting.invitation_obstacle(collaboration=ostberga, email=tova.email, organisation=trafikkontoret)

    assert why == "trafik@ostberga.example hör redan till Trafikkontoret."
