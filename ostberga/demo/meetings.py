"""Loads meetings as they were held: called, written down line by line, taken stands at, approved and locked."""

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
from ostberga.demo.staircase import Story

KINDS = (Item.Kind.NOTE, Item.Kind.PROPOSAL, Item.Kind.PROMISE)
ADJUSTERS = ("b1", "f1")
ALL_CONSENT = (Stance.CONSENT, "")


@dataclass(frozen=True)
class Room:
    """A group, its seats by their names in the file, and what the file says of its proposals."""

    story: Story
    group: WorkingGroup
    seats: dict[str, Seat]
    proposals: dict[str, Content]

    @property
    def coordinator(self) -> User:
        """Who writes down what those without an account say."""
        return self.story.who.coordinator

    def holder(self, name: str) -> User:
        """Who speaks for a seat: the one who has it, or the coordinator."""
        return self.seats[name].user or self.coordinator


def hold(room: Room, row: Content) -> dict[str, Proposal]:
    """A meeting from its call to its locked minutes. The proposals it came to, by their keys in the file."""
    meeting = _called(room, row, moment(row["on"], hour=9) - dt.timedelta(days=7))
    minute_items.open_minutes(meeting=meeting, by=room.coordinator, at=moment(row["on"], hour=18))
    _attend(room, meeting, row)
    lines = list(_lines(room, meeting, row))
    born, away = {said["proposal"]: item for said, item in lines if "proposal" in said}, row.get("absent", [])
    made = {key: _proposal(room, meeting, item, key, away) for key, item in born.items()}
    if "order" in row:
        _put_in_order(room, meeting, made, row["order"])
    handing_over.hand_over(meeting=meeting, by=room.holder("f1"), at=moment(row["on"], hour=20))
    for name in ADJUSTERS:
        at = moment(row["approved"], hour=12)
        approving.approve(meeting=meeting, seat=room.seats[name], by=room.holder(name), on=day(row["approved"]), at=at)
    for said, item in lines:
        if "became" in said:
            _told(room, item, said)
    for key, proposal in made.items():
        dissent, at = room.proposals[key]["dissent"], moment(row["approved"], hour=13)
        proposing.stand_behind(proposal=proposal, meeting=meeting, dissent=dissent, by=room.coordinator, at=at)
    return made


def call(room: Room, row: Content) -> None:
    """A meeting that has not been held."""
    _called(room, row, moment(row["called"], hour=9))


def _called(room: Room, row: Content, at: dt.datetime) -> Meeting:
    meeting = calling.plan(
        group=room.group,
        on=day(row["on"]),
        starts_at=_time(row.get("starts", "17:30")),
        ends_at=_time(row.get("ends", "19:00")),
        place=row["place"],
        points=list(_points(room, row)),
        by=room.coordinator,
        at=at,
    )
    calling.call(meeting=meeting, by=room.coordinator, at=at)
    return meeting


def _time(said: str) -> dt.time:
    return dt.time.fromisoformat(said)


def _points(room: Room, row: Content) -> Iterator[Point]:
    """As the file has them, or one for each issue."""
    issues = room.story.issues
    for one in row.get("agenda", []):
        yield Point(one["text"], issue=issues[one["issue"]] if "issue" in one else None)
    for key in row["issues"] if "agenda" not in row else []:
        yield Point(str(issues[key]), issue=issues[key])


def _attend(room: Room, meeting: Meeting, row: Content) -> None:
    away = row.get("absent", [])
    attendance.record_attendance(
        meeting=meeting,
        present=[seat for name, seat in room.seats.items() if name not in away],
        issues=[room.story.issues[key] for key in row["issues"]],
        adjusters=[room.seats[name] for name in ADJUSTERS],
        notes=row["notes"],
    )


def _lines(room: Room, meeting: Meeting, row: Content) -> Iterator[tuple[Content, MinuteItem]]:
    """What the file says of a line, and the line."""
    for number, said in enumerate(row["lines"], start=1):
        at, line = moment(row["on"], hour=18) + dt.timedelta(minutes=5 * number), _line(room, meeting, said)
        yield (
            said,
            minute_items.save_line(meeting=meeting, key=uuid4(), base=0, line=line, by=room.coordinator, at=at).item,
        )


def _line(room: Room, meeting: Meeting, said: Content) -> MinuteInput:
    kind = next(one for one in KINDS if one.value in said)
    proposal = room.proposals[said["proposal"]] if "proposal" in said else {}
    issue = room.story.issues[said.get("issue") or proposal["issue"]]
    return MinuteInput(
        text=proposal["what"]["sv"] if proposal else said[kind.value],
        kind=kind,
        point=meeting.agenda.filter(issue=issue).first(),
        issue=issue,
        is_inner=said.get("inner", False),
        owner=room.seats[said["owner"]] if "owner" in said else None,
        due_on=day(said["due"]) if "due" in said else None,
    )


def _proposal(room: Room, meeting: Meeting, item: MinuteItem, key: str, away: list[str]) -> Proposal:
    """A line that became a draft gets its whole words, and those who were there take their stands."""
    row, perspectives, bodies = room.proposals[key], room.story.perspectives, room.story.who.bodies
    draft = Proposal.objects.get(born_in=item)
    proposing.rewrite(
        proposal=draft,
        words=ProposalWords(
            title=row["title"], what=row["what"], place=row["place"], cost=row["cost"], effect=row["effect"]
        ),
        answers=[perspectives[one] for one in row["answers"]],
        against=[perspectives[one] for one in row["against"]],
        deciders={bodies[one]: form for one, form in row["deciders"].items()},
        by=room.coordinator,
        at=item.edited_at,
    )
    for name in (one for one in room.seats if one not in away):
        stance, why = row["positions"].get(name, ALL_CONSENT)
        _take(room, meeting, draft, name, (stance, why))
    return draft


def _take(room: Room, meeting: Meeting, draft: Proposal, name: str, said: tuple[str, str]) -> None:
    taking_positions.take_position(
        proposal=draft,
        seat=room.seats[name],
        stance=said[0],
        reason=said[1],
        by=room.holder(name),
        meeting=meeting,
        at=moment(meeting.on, hour=19),
    )


def _told(room: Room, item: MinuteItem, said: Content) -> None:
    """What became of a promise, told by who made it."""
    at, by = moment(said["on"], hour=10), room.holder(said["owner"])
    promises.tell_outcome(item=item, became=said["became"], words=said["told"], by=by, at=at)


def _put_in_order(room: Room, meeting: Meeting, made: dict[str, Proposal], row: Content) -> None:
    prioritising.order_proposals(
        group=room.group,
        meeting=meeting,
        proposals=[made[key] for key in row["proposals"]],
        reason=row["reason"],
        by=room.coordinator,
        at=moment(meeting.on, hour=19),
    )
