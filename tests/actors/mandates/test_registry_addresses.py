"""A coordinator does not come to confirm for a body by an address that reaches herself, nor stop another's change."""

import pytest

from actors.letters.flood import MOST_A_DAY
from actors.mandates import confirming, ending, proposing, registry_addresses
from actors.models import Letter, Organisation
from actors.people import account_changes, inviting
from ostberga.lib.refusal import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def bea(rinkeby):
    """Bea coordinates Rinkeby, with an address on a listed domain; Rinkeby's own is there too."""
    user = make.user("b.ea@trafik.example", name="Bea")
    make.coordinator(rinkeby, user)
    rinkeby.contact_email, rinkeby.dpo_email = "svar@trafik.example", "dso@trafik.example"
    rinkeby.save()
    return user


@pytest.fixture
def enter(box, trafikkontoret):
    """A function that enters an address for Trafikkontoret."""
    return lambda address, by: registry_addresses.enter(organisation=trafikkontoret, address=address, by=by)


MINE = ["b.ea@trafik.example", "bea@trafik.example", "BEA@trafik.example", "svar@trafik.example", "dso@trafik.example"]
ODD = ["bea+reg@trafik.example", '"a@evil.example"@trafik.example', "x@evil.example@trafik.example"]


@pytest.mark.parametrize("address", [*MINE, *ODD, "arkiv@trafik.example", "old@trafik.example"])
def test_it_reaches_herself_or_is_somebody_elses(address, bea, enter):
    make.organisation("Arkivet", registry_email="arkiv@trafik.example")
    account_changes.write_down(user=bea, kind="email", old_email="old@trafik.example")

    with pytest.raises(Refusal) as refused:
        enter(address, bea)
    assert refused.value.code == "not_a_registry"


@pytest.mark.parametrize("address", ["b.ea@trafik.example", "bea@trafik.example", "svar@trafik.example"])
def test_nor_is_she_the_contact_of_an_association(address, bea, rinkeby):
    growers = make.organisation("Odlarna", kind="association")
    make.partnership(rinkeby, growers)

    with pytest.raises(Refusal, match="kan inte bekräfta åt föreningen"):
        registry_addresses.enter(organisation=growers, address=address, by=bea, contact_name="Bea")


def test_what_a_stranger_has_invited_stops_no_registry(bea, rinkeby, tova, enter, trafikkontoret):
    address = "nyregistrator@trafik.example"
    inviting.invite(collaboration=rinkeby, organisation=trafikkontoret, email=address, name="Registrator", by=bea)

    with pytest.raises(Refusal, match="kan inte bekräfta"):
        enter(address, bea)
    assert enter(address, tova).address == address


def test_the_answer_does_not_tell_whose_it_is(bea, tova, enter, trafikkontoret):
    make.user("tove@trafik.example")
    why = set()
    for address in ("tove@trafik.example", "svar@trafik.example", "b.ea@trafik.example"):
        with pytest.raises(Refusal) as refused:
            enter(address, bea)
        why.add(str(refused.value))

    assert len(why) == 1


def test_another_collaborations_coordinator_does_not_stop_a_change_that_waits(ake, bea, enter, box, secret):
    change = enter("nya@trafik.example", ake)
    token = secret("registry-asked", box)
    other = enter("andra@trafik.example", bea)
    registry_addresses.confirm_by_link(token)
    change.refresh_from_db()
    other.refresh_from_db()

    assert (change.confirmed_at is not None, change.organisation.registry_email) == (True, "nya@trafik.example")
    assert (other.is_waiting, other.refused_at, other.replaced_at is not None) == (
        False,
        None,
        True,
    )  # it was asked of the old address


def times(number, act, *given):
    """Do something so many times, or until it is refused; returns the refusal's code."""
    try:
        for again in range(number):
            act(*(each(again) if callable(each) else each for each in given))
    except Refusal as refused:
        return refused.code
    return ""


def test_nobody_fills_a_registrys_box_nor_a_strangers(ake, bea, enter, box, ostberga):
    assert times(30, enter, lambda number: f"b{number}@trafik.example", bea) == "flood"
    assert Letter.objects.filter(to=box).count() == registry_addresses.LETTERS_A_DAY
    assert enter("nya@trafik.example", ake).is_waiting  # others are not stopped

    given = {"collaboration": ostberga, "by": ake, "email": "offer@any.example", "name": "Offer"}
    invitation = inviting.invite(**given)
    assert times(50, lambda: inviting.send_again(invitation, by=ake)) == "flood"
    assert Letter.objects.filter(to="offer@any.example").count() == MOST_A_DAY["invitation"][0]


def test_nor_by_asking_again_for_a_mandate(propose, ake, box):
    mandate = propose()

    assert times(50, lambda: proposing.send_again(mandate, by=ake)) == "flood"
    assert Letter.objects.filter(to=box).count() == MOST_A_DAY["mandate-asked"][0]


def test_the_old_registrys_link_ends_nothing_and_the_new_one_gets_its_own(propose, enter, box, secret, in_force):
    mandate, new = propose(), "nya@trafik.example"
    ake = mandate.proposed_by
    confirming.confirm_by_link(secret("mandate-asked", box))
    old = secret("mandate-receipt", box)
    enter(new, ake)
    registry_addresses.confirm_by_link(secret("registry-asked", box))

    assert ending.find_ending(old) is None
    with pytest.raises(Refusal):
        ending.end_by_link(old)
    assert in_force(mandate)
    ending.end_by_link(secret("mandate-receipt", new))
    assert not in_force(mandate)


def test_a_link_ends_nothing_when_there_is_no_registry(propose, box, secret, in_force, trafikkontoret):
    mandate = propose()
    confirming.confirm_by_link(secret("mandate-asked", box))
    Organisation.objects.filter(pk=trafikkontoret.pk).update(registry_email="")

    assert ending.find_ending(secret("mandate-receipt", box)) is None
    assert in_force(mandate)


def test_who_may_only_make_commitments_elsewhere_does_not_end_a_deciding_mandate(tova, rinkeby, trafikkontoret, browse):
    tina = make.user("tina@mail.example", name="Tina")
    make.official(tina, trafikkontoret)
    make.mandate(tina, trafikkontoret, rinkeby, "commitments")
    deciding = tova.mandates.get()

    with pytest.raises(Refusal) as refused:
        ending.end(deciding, by=tina)
    assert refused.value.code == "may_not"
    assert browse(tina).post(f"/mitt/organisation/mandat/{deciding.pk}/avsluta/").status_code == 404
    page = browse(tina).get("/mitt/organisation/mandat/").text
    assert ("Tova" in page, "Nekade och avslutade" in page) == (True, False)
