"""The minutes as they are read: on the web, on paper and in tests. The public version holds nothing inner, no names."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from dialogue.models import Meeting, MinuteItem, Position, Seat, WorkingGroup
from dialogue.models.dialogue import Texts
from dialogue.rules.minutes_approval import Phase
from dialogue.rules.shown_positions import MIN_SEATS, AnonymousPosition, ShownReason, Stance, reasons_so_far

Kind = MinuteItem.Kind


@dataclass(frozen=True)
class IssueReference:
    """An issue as it may be named; `slug` leads to its page."""

    title: Texts
    slug: str


@dataclass(frozen=True)
class MinutesLine:
    """A line of the minutes."""

    key: UUID
    kind: str
    text: str
    about: IssueReference | None = None
    owner: str = ""  # a seat
    due_on: dt.date | None = None
    became: str = ""  # of a promise; empty while nobody has told
    became_on: dt.date | None = None
    words: str = ""
    is_inner: bool = False


@dataclass(frozen=True)
class MinutesPoint:
    """A point of the agenda with what was written under it; without a text, what came up beside the agenda."""

    text: str
    lines: tuple[MinutesLine, ...]


@dataclass(frozen=True)
class MinutesPositions:
    """That positions on a proposal were taken at the meeting, and the reasons that were given.

    Without roles and numbers: beside the list of who was there they could point at somebody. From three positions,
    and never later ones. How the group stands as a whole is told with the proposal.
    """

    proposal: Texts
    reasons: tuple[ShownReason, ...]


@dataclass(frozen=True)
class MinutesOrder:
    """The order in which the group put its proposals, and why."""

    proposals: tuple[Texts, ...]
    reason: str


@dataclass(frozen=True)
class MinutesApproval:
    """A seat that stands for the minutes, since a day."""

    seat: str
    on: dt.date


@dataclass(frozen=True)
class MinutesAddition:
    """What was said afterwards."""

    text: str
    on: dt.date


@dataclass(frozen=True)
class MinutesDocument:
    """The minutes of a meeting."""

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
        """Whether it holds, and never changes."""
        return self.approved_on is not None


def build_minutes(meeting: Meeting, *, public: bool) -> MinutesDocument:
    """The minutes, in the public version or the group's own. A constant number of queries."""
    points = _points(meeting, public=public)
    promises = tuple(line for point in points for line in point.lines if line.kind == Kind.PROMISE)
    issues = [one for one in meeting.issues.all() if one.published_at or not public]
    return MinutesDocument(
        pk=meeting.pk,
        is_public=public,
        **_whose(meeting.group),
        phase=Phase(meeting.phase),
        on=meeting.on,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        present=_seats(meeting.present.select_related("organisation")),
        issues=tuple(IssueReference(one.title, one.slug) for one in issues),
        notes=meeting.notes.strip(),
        points=points,
        promises=promises,
        stands=_stands(meeting, public=public),
        orders=_orders(meeting, public=public),
        approvals=_approvals(meeting),
        approved_on=meeting.approved_on,
        additions=tuple(MinutesAddition(one.text, timezone.localdate(one.at)) for one in meeting.additions.all()),
    )


def _whose(group: WorkingGroup) -> dict[str, Any]:
    place = group.dialogue.collaboration
    named = {"group": group.name, "group_pk": group.pk, "collaboration": place.name, "slug": place.slug}
    return {**named, "controller": place.controller_name, "is_demo": place.is_demo}


def _approvals(meeting: Meeting) -> tuple[MinutesApproval, ...]:
    given = meeting.approvals.select_related("seat__organisation")
    return tuple(MinutesApproval(str(one.seat), one.on) for one in given)


def _seats(seats: Iterable[Seat]) -> tuple[str, ...]:
    return tuple(str(one) for one in seats)


def _points(meeting: Meeting, *, public: bool) -> tuple[MinutesPoint, ...]:
    """What is about an issue that residents do not see yet stays with the group until they do."""
    written: dict[int | None, list[MinutesLine]] = defaultdict(list)
    related = ("issue", "owner__organisation", "outcome")
    for item in meeting.items.standing().exclude(text="").select_related(*related):
        hidden = item.issue is not None and item.issue.published_at is None
        if not (public and (item.is_inner or hidden)):
            written[item.point_id].append(_line(item))
    told = []
    for point in meeting.agenda.select_related("issue"):
        if not (public and point.issue and point.issue.published_at is None):
            told.append(MinutesPoint(point.text, tuple(written.pop(point.pk, ()))))
    if rest := written.pop(None, None):
        told.append(MinutesPoint("", tuple(rest)))
    return tuple(told)


def _line(item: MinuteItem) -> MinutesLine:
    outcome, promised = getattr(item, "outcome", None), item.kind == Kind.PROMISE
    about = IssueReference(item.issue.title, item.issue.slug) if item.issue and item.kind == Kind.PROPOSAL else None
    return MinutesLine(
        key=item.pk,
        kind=item.kind,
        text=item.text,
        about=about,
        owner=str(item.owner) if promised and item.owner else "",
        due_on=item.due_on if promised else None,
        became=outcome.became if outcome else "",
        became_on=outcome.on if outcome else None,
        words=outcome.words if outcome else "",
        is_inner=item.is_inner,
    )


def _stands(meeting: Meeting, *, public: bool) -> tuple[MinutesPositions, ...]:
    """Of positions that were taken at the meeting, before the minutes were locked."""
    given = Position.objects.filter(meeting=meeting).select_related("seat", "proposal__issue")
    by_proposal: dict[int, dict[int, Position]] = defaultdict(dict)
    for one in given.order_by("given_at", "pk"):
        in_time = meeting.approved_on is None or timezone.localdate(one.given_at) <= meeting.approved_on
        if in_time and not (public and one.proposal.issue.published_at is None):
            by_proposal[one.proposal_id][one.seat_id] = one
    told = []
    for latest in by_proposal.values():
        stands = [AnonymousPosition(one.seat.role, Stance(one.stance), one.reason) for one in latest.values()]
        if len(stands) >= MIN_SEATS:
            told.append(MinutesPositions(next(iter(latest.values())).proposal.title, reasons_so_far(stands).reasons))
    return tuple(told)


def _orders(meeting: Meeting, *, public: bool) -> tuple[MinutesOrder, ...]:
    told = []
    for one in meeting.orders.order_by("made_at", "pk").prefetch_related("rows__proposal__issue"):
        proposals = [row.proposal for row in one.rows.all()]
        shown = [each.title for each in proposals if each.issue.published_at or not public]
        if shown:
            told.append(MinutesOrder(tuple(shown), one.reason))
    return tuple(told)
