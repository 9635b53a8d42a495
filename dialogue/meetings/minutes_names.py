"""Names in minutes: stored when they are locked, so that a later renaming changes neither the page nor the PDF."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from dialogue.models import Issue, Meeting, MeetingReasons, Proposal, Seat
from dialogue.models.dialogue import Texts


@dataclass(frozen=True)
class MinutesNames:
    """Names to show in minutes. What is missing in the mappings (by key) is called what it is called today."""

    group: str
    collaboration: str
    controller: str
    bodies: Mapping[str, str] = field(default_factory=dict)  # short name, by seat
    issues: Mapping[str, Texts] = field(default_factory=dict)
    proposals: Mapping[str, Texts] = field(default_factory=dict)

    def seat(self, seat: Seat) -> str:
        """The seat with the name of its body."""
        return seat.labelled(self.bodies.get(str(seat.pk), seat.body_name))

    def issue(self, issue: Issue) -> Texts:
        """The title of the issue."""
        return self.issues.get(str(issue.pk), issue.title)

    def proposal(self, proposal: Proposal) -> Texts:
        """The title of the proposal."""
        return self.proposals.get(str(proposal.pk), proposal.title)


def names_of(meeting: Meeting) -> MinutesNames:
    """The names of the day of locking, or today's while the minutes are open. No query."""
    return MinutesNames(**meeting.names) if meeting.names else MinutesNames(**_names_of_group(meeting))


def collect_names(meeting: Meeting) -> dict[str, Any]:
    """All names in the minutes as they are now, as `Meeting.names` stores them. A constant number of queries."""
    present, lines = meeting.present.values("pk"), meeting.items.all()
    owners, approvers = lines.values("owner"), meeting.approvals.values("seat")
    seats = Seat.objects.filter(Q(pk__in=present) | Q(pk__in=owners) | Q(pk__in=approvers), organisation__isnull=False)
    taken_up, touched, planned = meeting.issues.values("pk"), lines.values("issue"), meeting.agenda.values("issue")
    issues = Issue.objects.filter(Q(pk__in=taken_up) | Q(pk__in=touched) | Q(pk__in=planned))
    stated, ordered = (
        MeetingReasons.objects.filter(meeting=meeting).values("proposal"),
        meeting.orders.values("rows__proposal"),
    )
    proposals = Proposal.objects.filter(Q(pk__in=stated) | Q(pk__in=ordered))
    return {
        **_names_of_group(meeting),
        "bodies": {str(key): name for key, name in seats.values_list("pk", "organisation__short_name")},
        "issues": _titles(issues.values_list("pk", "title")),
        "proposals": _titles(proposals.values_list("pk", "title")),
    }


def _titles(rows: Iterable[tuple[int, Any]]) -> dict[str, Any]:
    return {str(key): title for key, title in rows}


def _names_of_group(meeting: Meeting) -> dict[str, Any]:
    collaboration = meeting.group.dialogue.collaboration
    controller = collaboration.controller_name
    return {"group": meeting.group.name, "collaboration": collaboration.name, "controller": controller}
