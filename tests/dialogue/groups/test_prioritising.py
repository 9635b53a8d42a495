"""Ordering a group's proposals at a meeting: by the chair, with buttons, shown to residents, kept for good."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from dialogue.groups import prioritising
from dialogue.meetings import approving
from dialogue.models import Prioritisation
from ostberga.lib.refusal import Refusal
from tests import factories as make

WHY = "Det som gör kvällarna trygga först."


@pytest.fixture
def group(ready, ake, stranger):
    group = make.group(ready.dialogue, ake, ready)
    group.chair = group.seats.get(role="resident")
    group.chair.user = stranger
    group.chair.save()
    group.save()
    return group


@pytest.fixture
def proposals(ready, group, ake):
    agreed = make.meeting(group, ake)
    return [make.proposal(ready, ake, meeting=agreed, title={"sv": title}) for title in ("Lampor", "Bänkar", "Bio")]


@pytest.fixture
def meeting(group, ake, proposals):
    """A meeting whose minutes are being written."""
    return make.meeting(group, ake, approved_on=None, ready_at=None)


@pytest.fixture
def chair(browse, stranger):
    return browse(stranger)


def there(group):
    return reverse("my-group-order", args=[group.pk])


def rows(*proposals, **more: Any):
    return {"rad": [proposal.pk for proposal in proposals], **more}


def order(group, meeting, proposals, by, **more: Any):
    return prioritising.order_proposals(group=group, meeting=meeting, proposals=proposals, reason=WHY, by=by, **more)


def titles(page):
    return [str(proposal) for proposal in page.context["form"].ordered]


def test_the_chair_writes_it_down_while_the_group_looks_on(group, meeting, proposals, chair):
    lamps, benches, cinema = proposals
    chair.post(there(group), rows(cinema, lamps, benches, meeting=meeting.pk, reason=WHY))

    assert [str(proposal) for proposal in prioritising.list_orders(group)[0].proposals] == ["Bio", "Lampor", "Bänkar"]


@pytest.mark.parametrize(
    ("move", "place", "expected"),
    [
        ("upp", 2, ["Lampor", "Bio", "Bänkar"]),
        ("ner", 0, ["Bänkar", "Lampor", "Bio"]),
        ("bort", 1, ["Lampor", "Bio"]),
        ("upp", 0, ["Lampor", "Bänkar", "Bio"]),
    ],
)
def test_buttons_move_one_at_a_time_and_keep_what_was_typed(group, meeting, proposals, chair, *, move, place, expected):
    press = f"{move}-{proposals[place].pk}"
    page = chair.post(there(group), rows(*proposals, meeting=meeting.pk, reason=WHY, flytta=press))

    assert (titles(page), WHY in page.text, Prioritisation.objects.count()) == (expected, True, 0)


def test_what_was_left_out_is_taken_in_again(group, meeting, proposals, chair):
    page = chair.post(there(group), rows(*proposals[:2], flytta=f"med-{proposals[2].pk}"))

    assert titles(page) == ["Lampor", "Bänkar", "Bio"]


def test_without_a_reason_it_is_not_saved_and_the_order_stays(group, meeting, proposals, chair):
    page = chair.post(there(group), rows(*reversed(proposals), meeting=meeting.pk, reason=" "))

    assert (page.status_code, titles(page)) == (422, ["Bio", "Bänkar", "Lampor"])


def test_one_proposal_alone_has_no_order(group, meeting, proposals, chair):
    page = chair.post(there(group), rows(proposals[0], meeting=meeting.pk, reason=WHY))

    assert (page.status_code, "minst två förslag" in page.text) == (422, True)


def test_a_new_order_begins_where_the_last_ended_and_both_can_be_read(group, meeting, proposals, ake, chair):
    order(group, meeting, proposals[::-1], ake)
    before = titles(chair.get(there(group)))
    order(group, meeting, proposals, ake)

    assert before == ["Bio", "Bänkar", "Lampor"]
    assert [len(order.proposals) for order in prioritising.list_orders(group)] == [3, 3]


def test_nobody_edits_an_order(group, meeting, proposals, ake):
    prioritisation = order(group, meeting, proposals, ake)
    prioritisation.reason = "Annat"
    with pytest.raises(DatabaseError), transaction.atomic():
        prioritisation.save()


def test_locked_minutes_get_no_new_order(group, proposals, ake):
    with pytest.raises(Refusal) as no:
        order(group, group.meetings.approved().get(), proposals, ake)

    assert no.value.code == "no_meeting"


def test_another_groups_proposal_has_no_place_in_it(ready, group, meeting, proposals, ake):
    with pytest.raises(Refusal) as no:
        order(group, meeting, [*proposals, make.proposal(ready, ake)], ake)

    assert no.value.code == "other_proposal"


def test_residents_see_it_when_the_minutes_are_locked_as_the_groups_own(group, meeting, proposals, ake, amina):
    order(group, meeting, proposals[::-1], ake)
    public = reverse("dialogue:group", args=["ostberga", group.pk])
    before = amina.get(public).text
    meeting.ready_at = timezone.now()
    meeting.save()
    for seat in meeting.adjusters.all():
        approving.approve(meeting=meeting, seat=seat, by=seat.user or ake)
    after = amina.get(public).text

    assert (WHY in before, WHY in after, "Gruppens egen ordning" in after) == (False, True, True)


def test_a_draft_is_left_out_of_what_residents_see(ready, group, proposals, meeting, ake):
    draft = make.proposal(ready, ake, meeting=meeting, title={"sv": "Hemligt"}, stands_since=None, agreed_at=None)
    order(group, meeting, [draft, *proposals], ake)
    orders = prioritising.without_drafts(prioritising.list_orders(group))

    assert [str(proposal) for proposal in orders[0].proposals] == ["Lampor", "Bänkar", "Bio"]


def test_orders_cost_the_same_for_one_and_three(group, meeting, proposals, ake, count_queries):
    order(group, meeting, proposals, ake)
    queries_for_one = count_queries(lambda: prioritising.list_orders(group))
    for _ in range(2):
        order(group, meeting, proposals, ake)

    assert count_queries(lambda: prioritising.list_orders(group)) == queries_for_one


def test_who_does_not_lead_the_group_has_no_such_page(group, tova, browse, elsewhere):
    workshop = reverse("coordinate:group-order", args=["ostberga", group.pk])

    assert [browse(tova).get(there(group)).status_code, elsewhere.get(workshop).status_code] == [404, 404]
