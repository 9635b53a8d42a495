"""Public reads of working groups: seats (never names), meetings with locked minutes, agreed proposals."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from actors.models import Collaboration
from actors.rules.names import list_earlier
from dialogue.groups import composition
from dialogue.groups.composition import GroupComposition, SeatChange
from dialogue.models import Issue, Meeting, Proposal, WorkingGroup


@dataclass(frozen=True)
class PublicGroupRow:
    """A group in the public list, with its composition today and its published issues."""

    group: WorkingGroup
    now: GroupComposition
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class PublicGroup:
    """Everything that the public page of a group shows."""

    group: WorkingGroup
    composition: GroupComposition
    changes: tuple[SeatChange, ...]
    issues: tuple[Issue, ...]
    meetings: tuple[Meeting, ...]
    proposals: tuple[Proposal, ...]
    first: dt.date  # the first and last day whose composition can be shown
    last: dt.date
    earlier_names: tuple[str, ...]


def list_public_groups(collaboration: Collaboration) -> list[PublicGroupRow]:
    """All public groups of the collaboration, active ones first, then by name. A constant number of queries."""
    issues = Issue.objects.public().select_related("dialogue__collaboration")
    groups = WorkingGroup.objects.public().filter(dialogue__collaboration=collaboration).select_related("dialogue")
    groups = groups.prefetch_related("seats__organisation", Prefetch("issues", issues, to_attr="public_issues"))
    in_order = sorted(groups, key=lambda group: (group.ended_on is not None, group.name.lower(), group.pk))
    return [
        PublicGroupRow(group, composition.build_composition(group), tuple(getattr(group, "public_issues", ())))
        for group in in_order
    ]


def groups_about_issue(issue: Issue) -> list[WorkingGroup]:
    """Public groups that work with an issue."""
    return list(issue.groups.all().public().select_related("dialogue__collaboration"))


def build_public_group(group: WorkingGroup, day: dt.date | None = None) -> PublicGroup:
    """The public page of a group, with its composition on `day`, by default today."""
    today = timezone.localdate()
    proposals = group.proposals.all().standing().filter(issue__published_at__isnull=False)
    return PublicGroup(
        group=group,
        composition=composition.build_composition(group, day),
        changes=tuple(composition.list_seat_changes(group)),
        issues=tuple(group.issues.all().public().select_related("dialogue__collaboration")),
        meetings=tuple(group.meetings.all().public().order_by("-on", "-pk")),
        proposals=tuple(proposals.select_related("issue__dialogue__collaboration")),
        first=group.started_on,
        last=min(group.ended_on or today, today),
        earlier_names=tuple(list_earlier(group.former_names.all(), group.name)),
    )
