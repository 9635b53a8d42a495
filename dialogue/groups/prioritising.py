"""A group puts its proposals in an order at a meeting, and says why. The order is its own; every earlier one stays."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from actors.models import User
from dialogue.models import GroupEvent, Meeting, Prioritisation, PrioritisedProposal, Proposal, WorkingGroup
from dialogue.models.meeting import MeetingQuerySet
from dialogue.rules.minutes_approval import Phase
from ostberga.lib.refusal import Refusal


@dataclass(frozen=True)
class OrderedProposals:
    """An order as it is shown: where and when it was made, why, and the proposals with the first one first."""

    made: Prioritisation
    proposals: tuple[Proposal, ...]


@transaction.atomic
def order_proposals(
    *,
    group: WorkingGroup,
    meeting: Meeting,
    proposals: Sequence[Proposal],
    reason: str,
    by: User,
    at: dt.datetime | None = None,
) -> Prioritisation:
    """The group's proposals, the most important first, at a meeting whose minutes are being written or wait.

    Locked minutes get no new order: it is part of what those who approved stand for.
    """
    group.refresh_from_db(from_queryset=WorkingGroup.objects.select_for_update())
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
    if meeting.group_id != group.pk or meeting.phase not in (Phase.OPEN, Phase.WAITING):
        raise Refusal("Ordningen görs på ett möte vars protokoll inte är justerat än.", code="no_meeting")
    if not reason.strip():
        raise Refusal("Skriv hur gruppen tänkte.", code="reason")
    if len(proposals) < 2 or len(set(proposals)) != len(proposals):
        raise Refusal("En ordning behöver minst två förslag, och varje förslag en gång.", code="too_few")
    if any(one.group_id != group.pk or one.withdrawn_at for one in proposals):
        raise Refusal("Bara gruppens egna förslag som inte är återtagna kan ordnas.", code="other_proposal")
    made = Prioritisation.objects.create(
        group=group, meeting=meeting, reason=reason.strip(), made_by=by, made_at=at or timezone.now()
    )
    PrioritisedProposal.objects.bulk_create(
        PrioritisedProposal(prioritisation=made, proposal=one, position=place)
        for place, one in enumerate(proposals, start=1)
    )
    GroupEvent.note(group, GroupEvent.Kind.ORDERED, by=by, what=f"{meeting.on:%Y-%m-%d}", at=at)
    group.dialogue.collaboration.bump_public_version()
    return made


def list_orderable_proposals(group: WorkingGroup) -> list[Proposal]:
    """What the group may put in order, as the latest order has it and what came after that last."""
    found = list(group.proposals.filter(withdrawn_at__isnull=True).select_related("issue"))
    latest = group.orders.first()
    place = dict(latest.rows.values_list("proposal", "position")) if latest else {}
    return sorted(found, key=lambda one: (place.get(one.pk, len(place) + 1), one.written_at, one.pk))


def meetings_open_for_ordering(group: WorkingGroup) -> MeetingQuerySet:
    """Where an order can be made, the latest first."""
    held = Meeting.objects.filter(group=group, begun_at__isnull=False, cancelled_at__isnull=True, approved_on=None)
    return held.select_related("group").order_by("-on", "-pk")


def list_orders(group: WorkingGroup) -> list[OrderedProposals]:
    """All its orders, the latest first, as the group itself and its coordinator see them."""
    orders = group.orders.select_related("meeting").prefetch_related("rows__proposal__issue")
    return [OrderedProposals(one, tuple(row.proposal for row in one.rows.all())) for one in orders]


def list_public_orders(group: WorkingGroup) -> list[OrderedProposals]:
    """What everybody may read: orders from meetings whose minutes are locked, the latest first."""
    return without_drafts([one for one in list_orders(group) if one.made.meeting.approved_on])


def without_drafts(orders: Iterable[OrderedProposals]) -> list[OrderedProposals]:
    """Without drafts, which are the group's own business. Those left keep their order; of one alone there is none."""
    seen = [OrderedProposals(one.made, tuple(each for each in one.proposals if _is_public(each))) for one in orders]
    return [one for one in seen if len(one.proposals) > 1]


def _is_public(proposal: Proposal) -> bool:
    return proposal.stands_since is not None and proposal.issue.published_at is not None
