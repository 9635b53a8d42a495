"""Data of the page where minutes are written: sections with lines, choices, errors and what is missing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db.models import Count, Sum

from dialogue.meetings import attendance
from dialogue.meetings.handing_over import MissingInMinutes, PrivacyFlag, find_privacy_flag
from dialogue.models import AgendaPoint, Issue, Meeting, MinuteItem, Seat
from dialogue.rules.minutes_approval import ApprovalRule


@dataclass
class MinutesRow:
    """A line in the form, stored or only typed."""

    key: UUID
    version: int = 0  # 0: not stored yet
    text: str = ""
    kind: str = MinuteItem.Kind.NOTE
    point: int | None = None
    issue: int | None = None
    owner: int | None = None
    due_on: str = ""
    is_inner: bool = False
    beside: bool = False  # in conflict with the line above it: written at the same time
    draft: int | None = None  # key of the draft proposal made from it
    errors: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    flags: list[PrivacyFlag] = field(default_factory=list)  # words that may identify a person


@dataclass(frozen=True)
class MinutesSection:
    """An agenda point (None for lines that belong to no point), with its lines and an empty one to type in."""

    point: AgendaPoint | None
    rows: list[MinutesRow]
    empty: MinutesRow


@dataclass(frozen=True)
class MinutesEditor:
    """Everything that the page of open minutes shows."""

    meeting: Meeting
    facts: attendance.MeetingFacts
    seats: list[Seat]
    issues: list[Issue]
    sections: list[MinutesSection]
    struck: list[MinuteItem]
    stamp: str  # changes whenever somebody saves a line
    writer: str  # tells this page apart from other open pages of the same user
    missing: MissingInMinutes | None = None

    @property
    def chair_approves(self) -> bool:
        """Whether the chair approves, so that adjusters are chosen only when the chair was away."""
        return self.meeting.group.approval == ApprovalRule.CHAIR


def build_editor(
    meeting: Meeting, *, typed: Mapping[UUID, MinutesRow] | None = None, missing: MissingInMinutes | None = None
) -> MinutesEditor:
    """Build the page, with lines `typed` but not saved and what is `missing`. A constant number of queries."""
    rows: dict[int | None, list[MinutesRow]] = defaultdict(list)
    typed = dict(typed or {})
    items = list(meeting.items.select_related("beside"))
    for item in items:
        if item.removed_at is None:
            row = typed.pop(item.pk) if item.pk in typed else _row(item)
            rows[item.point_id].append(_with_warnings(row, missing))
    for row in typed.values():
        rows[row.point].append(row)
    points: list[AgendaPoint | None] = [*meeting.agenda.all(), None]
    issues = {issue.pk: issue for issue in (*meeting.group.issues.all(), *meeting.issues.all())}
    return MinutesEditor(
        meeting=meeting,
        facts=attendance.read_facts(meeting),
        seats=attendance.seats_on_day(meeting),
        issues=list(issues.values()),
        sections=[_section(point, rows) for point in points],
        struck=[item for item in items if item.removed_at is not None and item.text],
        stamp=change_stamp(meeting),
        writer=uuid4().hex,
        missing=missing,
    )


def _section(point: AgendaPoint | None, rows: Mapping[int | None, list[MinutesRow]]) -> MinutesSection:
    key = point.pk if point else None
    return MinutesSection(point, rows.get(key, []), MinutesRow(uuid4(), point=key))


def change_stamp(meeting: Meeting) -> str:
    """A string that changes with every line that is saved."""
    counted = meeting.items.aggregate(lines=Count("pk"), saved=Sum("version"))
    return f"{counted['lines']}-{counted['saved'] or 0}-{meeting.phase}"


def _row(item: MinuteItem) -> MinutesRow:
    return MinutesRow(
        key=item.pk,
        version=item.version,
        text=item.text,
        kind=item.kind,
        point=item.point_id,
        issue=item.issue_id,
        owner=item.owner_id,
        due_on=item.due_on.isoformat() if item.due_on else "",
        is_inner=item.is_inner,
        beside=item.beside is not None and item.beside.removed_at is None,
        draft=item.proposal_id,
    )


def _with_warnings(row: MinutesRow, missing: MissingInMinutes | None) -> MinutesRow:
    if missing is not None:
        row.lacks = missing.lines.get(row.key, [])
    flag = find_privacy_flag(row.text) if row.text and not row.is_inner else None
    row.flags = [flag] if flag else []
    return row
