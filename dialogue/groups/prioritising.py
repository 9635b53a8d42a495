"""A group's order of priority among its proposals: made at a meeting, with a reason. Earlier orders are kept."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from actors.models import User
from dialogue.models import GroupEvent, Meeting, Prioritisation, PrioritisedProposal, Proposal, WorkingGroup
from dialogue.models.meeting import MeetingQuerySet
from dialogue.rules.minutes_approval import Phase
from dialogue.rules.rights import LEAD_GROUP
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal


@dataclass(frozen=True)
class OrderedProposals:
    """A prioritisation with the proposals to show, the first one first."""

    prioritisation: Prioritisation
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
    """Store the order of the group's proposals, most important first, made at a meeting.

    Refused once the minutes of the meeting are locked: the order is part of what was approved.
    """
    require(by, LEAD_GROUP, group)
    group.refresh_from_db(from_queryset=WorkingGroup.objects.select_for_update(no_key=True))
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update(no_key=True))
    if meeting.group_id != group.pk or meeting.phase not in (Phase.OPEN, Phase.WAITING):
        raise Refusal("Ordningen görs på ett möte vars protokoll inte är justerat än.", code="no_meeting")
    if not reason.strip():
        raise Refusal("Skriv hur gruppen tänkte.", code="reason")
    if len(proposals) < 2 or len(set(proposals)) != len(proposals):
        raise Refusal("En ordning behöver minst två förslag, och varje förslag en gång.", code="too_few")
    if any(proposal.group_id != group.pk or proposal.withdrawn_at for proposal in proposals):
        raise Refusal("Bara gruppens egna förslag som inte är återtagna kan ordnas.", code="other_proposal")
    prioritisation = Prioritisation.objects.create(
        group=group, meeting=meeting, reason=reason.strip(), made_by=by, made_at=at or timezone.now()
    )
    PrioritisedProposal.objects.bulk_create(
        PrioritisedProposal(prioritisation=prioritisation, proposal=proposal, position=position)
        for position, proposal in enumerate(proposals, start=1)
    )
    GroupEvent.note(group, GroupEvent.Kind.ORDERED, by=by, what=f"{meeting.on:%Y-%m-%d}", at=at)
    group.dialogue.collaboration.bump_public_version()
    return prioritisation


def list_orderable_proposals(group: WorkingGroup) -> list[Proposal]:
    """Proposals that are not withdrawn, in the latest order; those written since come last."""
    proposals = list(group.proposals.filter(withdrawn_at__isnull=True).select_related("issue"))
    latest = group.orders.first()
    positions = dict(latest.rows.values_list("proposal", "position")) if latest else {}
    last = len(positions) + 1
    return sorted(proposals, key=lambda proposal: (positions.get(proposal.pk, last), proposal.written_at, proposal.pk))


def meetings_open_for_ordering(group: WorkingGroup) -> MeetingQuerySet:
    """Meetings that have begun and whose minutes are not locked, the latest first."""
    begun = Meeting.objects.filter(group=group, begun_at__isnull=False, cancelled_at__isnull=True, approved_on=None)
    return begun.select_related("group").order_by("-on", "-pk")


def list_orders(group: WorkingGroup) -> list[OrderedProposals]:
    """All orders, latest first, for the group itself and its coordinator."""
    orders = group.orders.select_related("meeting").prefetch_related("rows__proposal__issue")
    return [OrderedProposals(order, tuple(row.proposal for row in order.rows.all())) for order in orders]


def list_public_orders(group: WorkingGroup) -> list[OrderedProposals]:
    """Orders for the public: those made at meetings whose minutes are locked, latest first."""
    return without_drafts([order for order in list_orders(group) if order.prioritisation.meeting.approved_on])


def without_drafts(orders: Iterable[OrderedProposals]) -> list[OrderedProposals]:
    """The orders with public proposals only, leaving out those where fewer than two remain."""
    public = [
        OrderedProposals(order.prioritisation, tuple(proposal for proposal in order.proposals if _is_public(proposal)))
        for order in orders
    ]
    return [order for order in public if len(order.proposals) > 1]


def _is_public(proposal: Proposal) -> bool:
    return proposal.stands_since is not None and proposal.issue.published_at is not None
