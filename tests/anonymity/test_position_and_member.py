"""A position and the member who took it: linked in the database, on purpose, and nowhere else."""

import pytest

from dialogue.groups import taking_positions
from dialogue.models import GroupEvent, Position
from dialogue.rules.shown_positions import Stance
from tests import factories as make
from tests.anonymity.attack import PAIRS, try_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.blank_by_chance]


@pytest.fixture
def seats(talk, ake, lamps):
    """Sixty members, each with a reason of her own against the proposal."""
    group = make.group(talk, ake, lamps, roles=("elected",))
    draft = {"stands_since": None, "agreed_at": None, "dissent": ""}
    proposal = make.proposal(lamps, ake, meeting=make.meeting(group, ake), **draft)
    members = []
    for number in range(PAIRS):
        user = make.user(f"medlem{number:02}@ostberga.example")
        place = {"role": "resident", "number": number + 1, "user": user, "since": group.started_on}
        members.append(seat := group.seats.create(**place))
        taking_positions.take_position(
            proposal=proposal, seat=seat, stance=Stance.OBJECTION, reason=f"Skäl nummer {number:02}.", by=user
        )
    return proposal, members


def test_who_has_the_database_reads_who_took_which_position(seats):
    """The statement in docs/anonymity.md says so. Nobody shall believe otherwise."""
    _, members = seats
    reasons = [[f"Skäl nummer {number:02}.".encode()] for number in range(PAIRS)]
    accounts = [[f"medlem{number:02}@ostberga.example".encode()] for number in range(PAIRS)]

    assert max(try_all(reasons, accounts).values()) == PAIRS
    assert [position.seat for position in Position.objects.order_by("given_at")] == members


def test_the_groups_history_and_pages_do_not(seats, browse):
    proposal, members = seats
    told = [event.what for event in GroupEvent.objects.filter(kind=GroupEvent.Kind.TOOK_STAND)]
    page = browse(members[0].user).get(f"/mitt/forslag/{proposal.pk}/stallning/").text

    assert not any("Skäl" in str(what) for what in told)
    assert [seat.user.name for seat in members[1:] if seat.user.name in page] == []
