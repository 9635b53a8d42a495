"""The minutes as a document for web and PDF, with the names of the day they were locked.

The public version leaves out internal lines and unpublished issues.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from dialogue.groups import open_positions, settling
from dialogue.meetings.minutes_names import MinutesNames, names_of
from dialogue.models import Issue, Meeting, MinuteItem, Proposal, WorkingGroup
from dialogue.models.dialogue import Texts
from dialogue.rules.minutes_approval import Phase
from dialogue.rules.shown_positions import ShownReason

Kind = MinuteItem.Kind


@dataclass(frozen=True)
class IssueReference:
    """Title of an issue and the slug of its page."""

    title: Texts
    slug: str


@dataclass(frozen=True)
class MinutesLine:
    """A line of the minutes; the promise fields are empty for other kinds."""

    key: UUID
    kind: str
    text: str
    about: IssueReference | None = None
    owner: str = ""  # a seat
    due_on: dt.date | None = None
    became: str = ""  # outcome of a promise; empty while there is none
    became_on: dt.date | None = None
    words: str = ""
    is_inner: bool = False


@dataclass(frozen=True)
class MinutesPoint:
    """An agenda point with its lines. An empty `text` means lines that belong to no point."""

    text: str
    lines: tuple[MinutesLine, ...]


@dataclass(frozen=True)
class MinutesPositions:
    """Reasons given with positions on a proposal at the meeting, when at least three seats took a position.

    Without roles and numbers, which beside the list of those present could identify somebody. The group's positions as
    a whole are shown with the proposal.
    """

    proposal: Texts
    reasons: tuple[ShownReason, ...]


@dataclass(frozen=True)
class MinutesOrder:
    """An order that the group put its proposals in at the meeting, and the reason."""

    proposals: tuple[Texts, ...]
    reason: str


@dataclass(frozen=True)
class MinutesApproval:
    """The approval of a seat, and its day."""

    seat: str
    on: dt.date


@dataclass(frozen=True)
class MinutesAddition:
    """An addition made after the minutes were locked."""

    text: str
    on: dt.date


@dataclass(frozen=True)
class MinutesDocument:
    """The minutes of a meeting, in the public version or the group's own."""

    pk: int
    is_public: bool
    group: str
    group_pk: int
    collaboration: str
    slug: str
    controller: str
    is_demo: bool
    phase: str
    on: dt.date
    starts_at: dt.time | None
    ends_at: dt.time | None
    place: str
    present: tuple[str, ...]
    issues: tuple[IssueReference, ...]
    notes: str
    points: tuple[MinutesPoint, ...]
    promises: tuple[MinutesLine, ...]
    stands: tuple[MinutesPositions, ...]
    orders: tuple[MinutesOrder, ...]
    approvals: tuple[MinutesApproval, ...]
    approved_on: dt.date | None
    additions: tuple[MinutesAddition, ...]

    @property
    def is_locked(self) -> bool:
        """Whether the minutes are approved and no longer change."""
        return self.approved_on is not None


def build_minutes(meeting: Meeting, *, public: bool) -> MinutesDocument:
    """Build the minutes, in the public version or the group's own. A constant number of queries."""
    names = names_of(meeting)
    points = _points(meeting, names, public=public)
    promises = tuple(line for point in points for line in point.lines if line.kind == Kind.PROMISE)
    issues = [issue for issue in meeting.issues.all() if issue.published_at or not public]
    return MinutesDocument(
        pk=meeting.pk,
        is_public=public,
        **_group_fields(meeting.group, names),
        phase=Phase(meeting.phase),
        on=meeting.on,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        present=tuple(names.seat(seat) for seat in meeting.present.select_related("organisation")),
        issues=tuple(_reference(issue, names) for issue in issues),
        notes=meeting.notes.strip(),
        points=points,
        promises=promises,
        stands=_stands(meeting, names, public=public),
        orders=_orders(meeting, names, public=public),
        approvals=_approvals(meeting, names),
        approved_on=meeting.approved_on,
        additions=tuple(MinutesAddition(row.text, timezone.localdate(row.at)) for row in meeting.additions.all()),
    )


def _group_fields(group: WorkingGroup, names: MinutesNames) -> dict[str, Any]:
    collaboration = group.dialogue.collaboration
    return {
        "group": names.group,
        "group_pk": group.pk,
        "collaboration": names.collaboration,
        "slug": collaboration.slug,
        "controller": names.controller,
        "is_demo": collaboration.is_demo,
    }


def _reference(issue: Issue, names: MinutesNames) -> IssueReference:
    return IssueReference(names.issue(issue), issue.slug)


def _approvals(meeting: Meeting, names: MinutesNames) -> tuple[MinutesApproval, ...]:
    approvals = meeting.approvals.select_related("seat__organisation")
    return tuple(MinutesApproval(names.seat(approval.seat), approval.on) for approval in approvals)


def _points(meeting: Meeting, names: MinutesNames, *, public: bool) -> tuple[MinutesPoint, ...]:
    """Points with their lines. In the public version, those about an unpublished issue are left out."""
    lines: dict[int | None, list[MinutesLine]] = defaultdict(list)
    related = ("issue", "owner__organisation", "outcome")
    for item in meeting.items.standing().exclude(text="").select_related(*related):
        hidden = item.issue is not None and item.issue.published_at is None
        if not (public and (item.is_inner or hidden)):
            lines[item.point_id].append(_line(item, names))
    points = []
    for point in meeting.agenda.select_related("issue"):
        if not (public and point.issue and point.issue.published_at is None):
            points.append(MinutesPoint(point.text, tuple(lines.pop(point.pk, ()))))
    if rest := lines.pop(None, None):
        points.append(MinutesPoint("", tuple(rest)))
    return tuple(points)


def _line(item: MinuteItem, names: MinutesNames) -> MinutesLine:
    outcome, is_promise = getattr(item, "outcome", None), item.kind == Kind.PROMISE
    about = _reference(item.issue, names) if item.issue and item.kind == Kind.PROPOSAL else None
    return MinutesLine(
        key=item.pk,
        kind=item.kind,
        text=item.text,
        about=about,
        owner=names.seat(item.owner) if is_promise and item.owner else "",
        due_on=item.due_on if is_promise else None,
        became=outcome.became if outcome else "",
        became_on=outcome.on if outcome else None,
        words=outcome.words if outcome else "",
        is_inner=item.is_inner,
    )


def _stands(meeting: Meeting, names: MinutesNames, *, public: bool) -> tuple[MinutesPositions, ...]:
    """Reasons per proposal: those kept when it was treated or the minutes were locked, before that those so far."""
    kept = meeting.reasons.select_related("proposal__issue")
    reasons = [(row.proposal, settling.read_kept(row)) for row in kept]
    if meeting.approved_on is None:
        drafts = Proposal.objects.filter(group=meeting.group_id).with_open_positions().select_related("issue")
        so_far = ((draft, settling.reasons_at(meeting, open_positions.read(draft))) for draft in drafts)
        reasons += [(draft, given) for draft, given in so_far if given is not None]
    return tuple(
        MinutesPositions(names.proposal(proposal), given)
        for proposal, given in reasons
        if proposal.issue.published_at or not public
    )


def _orders(meeting: Meeting, names: MinutesNames, *, public: bool) -> tuple[MinutesOrder, ...]:
    orders = []
    for order in meeting.orders.order_by("made_at", "pk").prefetch_related("rows__proposal__issue"):
        proposals = [row.proposal for row in order.rows.all()]
        titles = [names.proposal(proposal) for proposal in proposals if proposal.issue.published_at or not public]
        if titles:
            orders.append(MinutesOrder(tuple(titles), order.reason))
    return tuple(orders)
