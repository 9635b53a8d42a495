"""Load the working groups: their seats, meetings and proposals."""

from typing import Any

from actors.models import Letter, User
from dialogue.groups import forming, seating
from dialogue.issues import read_confirmations
from dialogue.models import Proposal, PublishedReport, Seat, WorkingGroup
from ostberga.demo import meetings
from ostberga.demo.content import Content, day, moment, read
from ostberga.demo.issues import DemoDialogue
from ostberga.demo.meetings import DemoGroup

MEETING_LETTERS = ("seat-given", "meeting-called", "minutes-ready", "minutes-locked")


def confirm_report_read(demo_dialogue: DemoDialogue) -> None:
    """Confirm for each partner, on the date in the file, that it has read the report of 2016."""
    report = PublishedReport.objects.get(dialogue=demo_dialogue.dialogue)
    for row in read("groups")["read_2016"]:
        read_confirmations.confirm_read(
            report=report,
            organisation=demo_dialogue.participants.bodies[row["body"]],
            by=demo_dialogue.participants.accounts[row["body"]],
            comment=row.get("comment", ""),
            at=moment(row["on"], hour=9),
        )


def load(demo_dialogue: DemoDialogue, year: int) -> dict[str, Proposal]:
    """Create the groups of a year with their meetings. Returns their proposals by their keys in the file."""
    proposals: dict[str, Proposal] = {}
    for row in read("groups")[f"groups_{year}"]:
        demo_group = _demo_group(demo_dialogue, row)
        for held in row["meetings"]:
            proposals |= meetings.load_held_meeting(demo_group, held)
        # Letters about meetings that are over would fill today's outbox.
        Letter.objects.filter(kind__in=MEETING_LETTERS).delete()
        for to_come in row.get("planned", []):
            meetings.load_called_meeting(demo_group, to_come)
        if "ended" in row:
            by, at = demo_dialogue.participants.coordinator, moment(row["ended"], hour=16)
            forming.end_group(group=demo_group.group, on=day(row["ended"]), by=by, at=at)
    return proposals


def _demo_group(demo_dialogue: DemoDialogue, row: Content) -> DemoGroup:
    by, began = demo_dialogue.participants.coordinator, moment(row["started"], hour=9)
    group = forming.create_group(
        dialogue=demo_dialogue.dialogue,
        name=row["name"],
        mandate=row["mandate"],
        issues=[demo_dialogue.issues[key] for key in row["issues"]],
        by=by,
        at=began,
    )
    seats = _seats(demo_dialogue, group, row["seats"])
    seating.appoint_chair(group=group, chair=seats["f1"], by=by, at=began)
    return DemoGroup(demo_dialogue, group, seats, {proposal["key"]: proposal for proposal in row["proposals"]})


def _seats(demo_dialogue: DemoDialogue, group: WorkingGroup, row: Content) -> dict[str, Seat]:
    """Add the seats, most residents and elected ones without accounts. Returns them by their names in the file."""
    participants, role = demo_dialogue.participants, Seat.Role
    nobody: list[User | None] = [None] * row["residents"]
    accounts, council = (
        [participants.accounts[key] for key in row.get("resident_accounts", [])],
        participants.bodies["stadsdel"],
    )
    wanted: dict[str, dict[str, Any]] = {}
    for number, user in enumerate([*nobody, *accounts], start=1):
        wanted[f"b{number}"] = {"role": role.RESIDENT, "user": user}
    for number in range(1, row["elected"] + 2):
        user = participants.accounts["fortroendevald"] if number == 1 else None
        wanted[f"f{number}"] = {"role": role.ELECTED, "organisation": council, "user": user}
    for key in row["officials"]:
        wanted[key] = {
            "role": role.OFFICIAL,
            "organisation": participants.bodies[key],
            "user": participants.accounts[key],
        }
    at = moment(group.started_on, hour=9)
    return {
        key: seating.add_seat(group=group, by=participants.coordinator, at=at, **fields)
        for key, fields in wanted.items()
    }
