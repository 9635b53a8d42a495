"""Load meetings: their calls, minutes, positions on proposals and approvals."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from actors.models import User
from dialogue.groups import prioritising, proposing, taking_positions
from dialogue.groups.proposing import ProposalWords
from dialogue.meetings import approving, attendance, calling, handing_over, minute_items, promises
from dialogue.meetings.agenda import Point
from dialogue.meetings.minute_items import MinuteInput
from dialogue.models import Meeting, MinuteItem, Proposal, Seat, WorkingGroup
from dialogue.models.minutes import MinuteItem as Item
from dialogue.rules.shown_positions import Stance
from ostberga.demo.content import Content, day, moment
from ostberga.demo.issues import DemoDialogue

KINDS = (Item.Kind.NOTE, Item.Kind.PROPOSAL, Item.Kind.PROMISE)
ADJUSTERS = ("b1", "f1")
ALL_CONSENT = (Stance.CONSENT, "")


@dataclass(frozen=True)
class DemoGroup:
    """A group, its seats by their names in the file, and the file's rows of its proposals by key."""

    demo_dialogue: DemoDialogue
    group: WorkingGroup
    seats: dict[str, Seat]
    proposals: dict[str, Content]

    @property
    def coordinator(self) -> User:
        """Return the coordinator, who acts for seats without an account."""
        return self.demo_dialogue.participants.coordinator

    def holder(self, name: str) -> User:
        """Return the user of a seat, or the coordinator if it has none."""
        return self.seats[name].user or self.coordinator


def load_held_meeting(demo_group: DemoGroup, row: Content) -> dict[str, Proposal]:
    """Load a meeting from its call to its locked minutes. Returns its proposals by their keys in the file."""
    meeting = _called(demo_group, row, moment(row["on"], hour=9) - dt.timedelta(days=7))
    minute_items.open_minutes(meeting=meeting, by=demo_group.coordinator, at=moment(row["on"], hour=18))
    _attend(demo_group, meeting, row)
    lines = list(_lines(demo_group, meeting, row))
    items, absent = {line["proposal"]: item for line, item in lines if "proposal" in line}, row.get("absent", [])
    proposals = {key: _proposal(demo_group, meeting, item, key, absent) for key, item in items.items()}
    if "order" in row:
        _put_in_order(demo_group, meeting, proposals, row["order"])
    handing_over.hand_over(meeting=meeting, by=demo_group.holder("f1"), at=moment(row["on"], hour=20))
    for name in ADJUSTERS:
        at = moment(row["approved"], hour=12)
        approving.approve(
            meeting=meeting, seat=demo_group.seats[name], by=demo_group.holder(name), on=day(row["approved"]), at=at
        )
    for line, item in lines:
        if "became" in line:
            _tell_outcome(demo_group, item, line)
    for key, proposal in proposals.items():
        dissent, at = demo_group.proposals[key]["dissent"], moment(row["approved"], hour=13)
        proposing.stand_behind(proposal=proposal, meeting=meeting, dissent=dissent, by=demo_group.coordinator, at=at)
    return proposals


def load_called_meeting(demo_group: DemoGroup, row: Content) -> None:
    """Load a meeting that has been called and not held."""
    _called(demo_group, row, moment(row["called"], hour=9))


def _called(demo_group: DemoGroup, row: Content, at: dt.datetime) -> Meeting:
    meeting = calling.plan(
        group=demo_group.group,
        on=day(row["on"]),
        starts_at=_time(row.get("starts", "17:30")),
        ends_at=_time(row.get("ends", "19:00")),
        place=row["place"],
        points=list(_points(demo_group, row)),
        by=demo_group.coordinator,
        at=at,
    )
    calling.call(meeting=meeting, by=demo_group.coordinator, at=at)
    return meeting


def _time(text: str) -> dt.time:
    return dt.time.fromisoformat(text)


def _points(demo_group: DemoGroup, row: Content) -> Iterator[Point]:
    """Yield the agenda points of the file, or one for each issue if it has none."""
    issues = demo_group.demo_dialogue.issues
    for point in row.get("agenda", []):
        yield Point(point["text"], issue=issues[point["issue"]] if "issue" in point else None)
    for key in row["issues"] if "agenda" not in row else []:
        yield Point(str(issues[key]), issue=issues[key])


def _attend(demo_group: DemoGroup, meeting: Meeting, row: Content) -> None:
    absent = row.get("absent", [])
    attendance.record_attendance(
        meeting=meeting,
        present=[seat for name, seat in demo_group.seats.items() if name not in absent],
        issues=[demo_group.demo_dialogue.issues[key] for key in row["issues"]],
        adjusters=[demo_group.seats[name] for name in ADJUSTERS],
        notes=row["notes"],
        by=demo_group.coordinator,
    )


def _lines(demo_group: DemoGroup, meeting: Meeting, row: Content) -> Iterator[tuple[Content, MinuteItem]]:
    """Save the lines of the minutes. Yields each with its row in the file."""
    for number, line in enumerate(row["lines"], start=1):
        at = moment(row["on"], hour=18) + dt.timedelta(minutes=5 * number)
        minute_input, by = _line(demo_group, meeting, line), demo_group.coordinator
        saved = minute_items.save_line(meeting=meeting, key=uuid4(), base=0, line=minute_input, by=by, at=at)
        yield line, saved.item


def _line(demo_group: DemoGroup, meeting: Meeting, line: Content) -> MinuteInput:
    kind = next(kind for kind in KINDS if kind.value in line)
    proposal = demo_group.proposals[line["proposal"]] if "proposal" in line else {}
    issue = demo_group.demo_dialogue.issues[line.get("issue") or proposal["issue"]]
    return MinuteInput(
        text=proposal["what"]["sv"] if proposal else line[kind.value],
        kind=kind,
        point=meeting.agenda.filter(issue=issue).first(),
        issue=issue,
        is_inner=line.get("inner", False),
        owner=demo_group.seats[line["owner"]] if "owner" in line else None,
        due_on=day(line["due"]) if "due" in line else None,
    )


def _proposal(demo_group: DemoGroup, meeting: Meeting, item: MinuteItem, key: str, absent: list[str]) -> Proposal:
    """Complete the draft that a line of the minutes created, and record the positions of those present."""
    row, demo_dialogue = demo_group.proposals[key], demo_group.demo_dialogue
    perspectives, bodies = demo_dialogue.perspectives, demo_dialogue.participants.bodies
    draft = Proposal.objects.get(born_in=item)
    proposing.rewrite(
        proposal=draft,
        words=ProposalWords(
            title=row["title"], what=row["what"], place=row["place"], cost=row["cost"], effect=row["effect"]
        ),
        answers=[perspectives[slug] for slug in row["answers"]],
        against=[perspectives[slug] for slug in row["against"]],
        deciders={bodies[slug]: form for slug, form in row["deciders"].items()},
        by=demo_group.coordinator,
        at=item.edited_at,
    )
    for name in (name for name in demo_group.seats if name not in absent):
        stance, why = row["positions"].get(name, ALL_CONSENT)
        _take_position(demo_group, meeting, draft, name, (stance, why))
    return draft


def _take_position(
    demo_group: DemoGroup, meeting: Meeting, draft: Proposal, name: str, position: tuple[str, str]
) -> None:
    taking_positions.take_position(
        proposal=draft,
        seat=demo_group.seats[name],
        stance=position[0],
        reason=position[1],
        by=demo_group.holder(name),
        meeting=meeting,
    )


def _tell_outcome(demo_group: DemoGroup, item: MinuteItem, line: Content) -> None:
    """Record the outcome of a promise, told by its owner."""
    at, by = moment(line["on"], hour=10), demo_group.holder(line["owner"])
    promises.tell_outcome(item=item, became=line["became"], words=line["told"], by=by, at=at)


def _put_in_order(demo_group: DemoGroup, meeting: Meeting, proposals: dict[str, Proposal], row: Content) -> None:
    prioritising.order_proposals(
        group=demo_group.group,
        meeting=meeting,
        proposals=[proposals[key] for key in row["proposals"]],
        reason=row["reason"],
        by=demo_group.coordinator,
        at=moment(meeting.on, hour=19),
    )
