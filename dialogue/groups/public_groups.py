"""Working groups as everybody sees them: seats and never names, locked minutes, proposals they stand behind."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch

from actors.models import Collaboration
from dialogue.groups import composition
from dialogue.groups.composition import GroupComposition, SeatChange
from dialogue.models import Issue, Meeting, Proposal, WorkingGroup


@dataclass(frozen=True)
class PublicGroupRow:
    """A group in a list."""

    group: WorkingGroup
    now: GroupComposition
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class PublicGroup:
    """All that everybody may know of a group."""

    group: WorkingGroup
    then: GroupComposition
    changes: tuple[SeatChange, ...]
    issues: tuple[Issue, ...]
    meetings: tuple[Meeting, ...]
    proposals: tuple[Proposal, ...]
    first: dt.date
    last: dt.date  # the days that somebody can ask for


def list_public_groups(collaboration: Collaboration) -> list[PublicGroupRow]:
    """All its public groups, those that still meet first. The number of queries does not depend on how many."""
    issues = Issue.objects.public().select_related("dialogue__collaboration")
    found = WorkingGroup.objects.public().filter(dialogue__collaboration=collaboration).select_related("dialogue")
    groups = found.prefetch_related("seats__organisation", Prefetch("issues", issues, to_attr="seen"))
    ordered = sorted(groups, key=lambda one: (one.ended_on is not None, one.name.lower(), one.pk))
    return [PublicGroupRow(one, composition.build_composition(one), tuple(getattr(one, "seen", ()))) for one in ordered]


def groups_about_issue(issue: Issue) -> list[WorkingGroup]:
    """The groups that work with a public issue."""
    return list(issue.groups.all().public().select_related("dialogue__collaboration"))


def build_public_group(group: WorkingGroup, day: dt.date | None = None) -> PublicGroup:
    """One group on a day; today when none is given."""
    then, today = composition.build_composition(group, day), composition.build_composition(group).day
    proposals = group.proposals.all().standing().filter(issue__published_at__isnull=False)
    return PublicGroup(
        group=group,
        then=then,
        changes=tuple(composition.list_seat_changes(group)),
        issues=tuple(group.issues.all().public().select_related("dialogue__collaboration")),
        meetings=tuple(group.meetings.all().public().order_by("-on", "-pk")),
        proposals=tuple(proposals.select_related("issue__dialogue__collaboration")),
        first=group.started_on,
        last=min(group.ended_on or today, today),
    )
