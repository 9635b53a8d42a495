"""A position and the member who took it: which seat said what is thrown away when the proposal is treated."""

import json

import pytest
from django.urls import reverse

from dialogue.batching import dialogue_batch
from dialogue.groups import open_positions, proposing
from dialogue.meetings import approving
from dialogue.models import GroupEvent, MeetingReasons, OpenPositions, PositionKey, SettledPosition
from ostberga.lib.privacy import encrypted, sealing
from ostberga.lib.privacy.encrypted import UnreadableText
from tests.anonymity.attack import PAIRS, Evidence, too_good, try_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.blank_by_chance]

LOCKED, POSITIONS, KEYS = "dialogue_positionkey version", "dialogue_settledposition version", "dialogue_positionkey"


@pytest.fixture
def say(draft, browse):
    """Return a function with which a member says no on her phone, in words of her own."""
    address = reverse("my-position", args=[draft.pk])
    return lambda user, reason: browse(user).post(address, {"stance": "objection", "reason": reason})


def reason_of(number):
    return f"Skäl nummer {number:02}."


def say_at_meeting(draft, number):
    """The coordinator writes what the seat said at the meeting, so that the minutes tell it too."""
    seat = draft.group.seats.get(role="resident", number=number + 1)
    given = open_positions.GivenPosition(seat.pk, draft.group.meetings.get().pk, "objection", reason_of(number))
    open_positions.add(draft, given)


def answer_each(draft, members, say, batches):
    """Half answer at the meeting, half on a phone, some after a second thought; then the group stands behind it."""
    for number, user in enumerate(members):
        if number % 6 == 0:
            say(user, "Jag vet inte än.")
        say_at_meeting(draft, number) if number % 2 else say(user, reason_of(number))
        if number % batches == 0:
            dialogue_batch.write()
    treat(draft)


def treat(draft):
    """The minutes are locked and the group stands behind the proposal."""
    meeting, by = draft.group.meetings.get(), draft.written_by
    for seat in meeting.adjusters.all():
        approving.approve(meeting=meeting, seat=seat, by=seat.holder or by)
    meeting.refresh_from_db()
    proposing.stand_behind(proposal=draft, meeting=meeting, dissent="", by=by)
    dialogue_batch.write()


@pytest.mark.parametrize("batches", [1, 7, PAIRS])
def test_nothing_links_a_settled_position_to_a_member_or_her_seat(draft, members, say, batches):
    answer_each(draft, members, say, batches)
    reasons = [[reason_of(number).encode()] for number in range(PAIRS)]
    people = [[user.email.encode(), f"Plats {number:02}.".encode()] for number, user in enumerate(members)]

    assert (SettledPosition.objects.count(), len(MeetingReasons.objects.get().reasons)) == (PAIRS, PAIRS // 2)
    assert too_good(try_all(reasons, people)) == {}


def test_all_settled_rows_are_of_one_version_and_no_key_is_left(draft, members, say):
    answer_each(draft, members, say, PAIRS)
    evidence = Evidence()
    settled = evidence.versions("dialogue_settledposition")

    assert (len(settled), len({(row.signals["xmin"], row.signals["cmin"]) for row in settled})) == (2 * PAIRS, 1)
    assert evidence.versions(KEYS) == []


def test_the_key_is_in_no_file_once_a_batch_has_been_written(draft, members, say):
    """The sealed rows that were before lie dead in the table; what would open them does not."""
    say(members[0], reason_of(0))
    key = PositionKey.objects.get().key
    before = [trace.where for trace in Evidence().traces if key.encode() in trace.content]
    proposing.withdraw(proposal=draft, reason="Ett annat kom.", by=draft.written_by)
    dead = [trace for trace in Evidence().traces if trace.where == LOCKED]
    dialogue_batch.write()
    evidence = Evidence()

    assert before == ["dialogue_positionkey alive"]
    assert (len(dead), [trace for trace in evidence.traces if key.encode() in trace.content]) == (1, [])
    assert evidence.versions(KEYS) == []


def test_a_dump_of_an_open_proposal_shows_it_with_the_keys_and_nothing_without(draft, members, say, settings):
    """The statement in docs/anonymity.md says so. Nobody shall believe otherwise."""
    say(members[0], "Bara den här gången.")
    key, sealed = PositionKey.objects.get().key, OpenPositions.objects.get().sealed
    seat = members[0].seats.get().pk

    assert json.loads(sealing.unseal(key, sealed, purpose=str(draft.pk))) == [
        [seat, None, "objection", "Bara den här gången."]
    ]
    assert [trace.where for trace in Evidence().traces if "den här gången".encode() in trace.content] == []
    for name in encrypted.SETTINGS:
        setattr(settings, name, ["q" * 43 + "="])
    with pytest.raises(UnreadableText):
        PositionKey.objects.get()


def test_the_groups_history_and_pages_tell_nothing(draft, members, say, browse):
    before = GroupEvent.objects.count()
    for number, user in enumerate(members):
        say(user, reason_of(number))
    page = browse(members[0]).get(reverse("my-position", args=[draft.pk])).text

    assert GroupEvent.objects.count() == before
    assert [user.name for user in members[1:] if user.name in page] == []
