"""Positions are sealed while they can change, and settled without a seat when the group has treated the proposal."""

import pytest

from dialogue.batching import dialogue_batch
from dialogue.followers import following
from dialogue.groups import forming, open_positions, proposing, settling, taking_positions
from dialogue.models import Follower, OpenPositions, PositionKey
from ostberga.lib.refusal import Refusal
from tests import factories as make
from tests.dialogue.groups.positions import DRAFT, NOISE, consent, hers, seat, stand, taken


def test_when_the_group_stands_behind_it_the_roles_and_reasons_stay_and_the_key_is_thrown_away(draft, ake, neighbour):
    neighbour.post(hers(draft), {"stance": "objection", "reason": NOISE})
    consent(draft, ake)
    stand(draft, ake)

    rows = draft.positions.values_list("role", "stance", "reason")
    assert sorted(rows) == [("resident", "consent", ""), ("resident", "objection", NOISE)]
    assert (OpenPositions.objects.count(), PositionKey.objects.count()) == (0, 0)


def test_withdrawing_settles_too(draft, ake):
    consent(draft, ake)
    proposing.withdraw(proposal=draft, reason="Ett annat kom.", by=ake)

    assert (draft.positions.get().stance, PositionKey.objects.exists()) == ("consent", False)


def test_a_draft_of_a_group_that_has_ended_is_settled_and_takes_no_more(draft, ake):
    consent(draft, ake)
    forming.end_group(group=draft.group, on=draft.group.started_on, by=ake)
    settled = settling.settle_ended_groups()
    with pytest.raises(Refusal) as no:
        consent(draft, ake)

    assert (settled, settling.settle_ended_groups(), no.value.code) == (1, 0, "not_a_draft")
    assert (draft.positions.get().stance, PositionKey.objects.exists()) == ("consent", False)


def test_a_draft_that_cannot_be_settled_stops_neither_another_nor_what_waits(draft, ready, ake, caplog, monkeypatch):
    def throw_away(proposal, really=open_positions.throw_away):
        if proposal == draft:
            OpenPositions.objects.filter(pk=draft.open_positions.pk).update(proposal=0)  # is found out at commit only
        really(proposal)

    other = make.proposal(ready, ake, meeting=draft.group.meetings.get(), **DRAFT)
    for proposal in (draft, other):
        consent(proposal, ake)
    monkeypatch.setattr(open_positions, "throw_away", throw_away)
    forming.end_group(group=draft.group, on=draft.group.started_on, by=ake)
    following.request_to_follow(email="amina@example.se", language="sv", issues=[ready])
    is_written = dialogue_batch.write()

    assert (is_written, Follower.objects.count(), other.positions.count()) == (True, 1, 1)
    assert (OpenPositions.objects.get().proposal, "cannot be settled" in caplog.text) == (draft, True)


def test_nobody_takes_a_first_position_in_a_group_that_has_ended(draft, ake):
    forming.end_group(group=draft.group, on=draft.group.started_on, by=ake)
    with pytest.raises(Refusal) as no:
        consent(draft, ake)

    assert no.value.code == "group_ended"


def test_the_sealed_row_is_as_long_whatever_is_said(draft, ake, stranger):
    lengths = []
    for number, reason in ((1, ""), (2, "ö" * 1200)):
        by = stranger if number == 2 else ake
        stance = "objection" if reason else "consent"
        its = {"seat": seat(draft, number=number), "stance": stance, "reason": reason}
        taking_positions.take_position(proposal=draft, by=by, **its)
        lengths.append(len(OpenPositions.objects.get().sealed))

    assert lengths[0] == lengths[1]


def test_more_than_there_is_room_for_is_refused_in_words(draft, ake):
    with pytest.raises(Refusal) as no:
        taking_positions.take_position(
            proposal=draft, seat=seat(draft), stance="objection", reason="\N{CAT FACE}" * 1200, by=ake
        )

    assert no.value.code == "reason_too_long"


def test_a_copy_that_was_restored_without_its_keys_asks_again(draft, ake, neighbour):
    consent(draft, ake)
    PositionKey.objects.all().delete()
    neighbour.post(hers(draft), {"stance": "reserved", "reason": NOISE})

    assert taken(draft) == {"Boende 2": ("reserved", NOISE)}


def test_what_was_sealed_for_one_proposal_opens_for_no_other(draft, ready, ake):
    consent(draft, ake)
    other = make.proposal(ready, ake, meeting=draft.group.meetings.get(), **DRAFT)
    OpenPositions.objects.create(proposal=other, sealed=draft.open_positions.sealed)
    PositionKey.objects.create(proposal=other, key=draft.position_key.key)

    assert (len(open_positions.read(draft)), open_positions.read(other)) == (1, [])
