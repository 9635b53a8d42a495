"""Loads the working groups: their seats, what they met about, and the proposals they stand behind."""

from actors.models import Letter, User
from dialogue.groups import forming, seating
from dialogue.issues import read_confirmations
from dialogue.models import Proposal, PublishedReport, Seat, WorkingGroup
from ostberga.demo import meetings
from ostberga.demo.content import Content, day, moment, read
from ostberga.demo.meetings import Room
from ostberga.demo.staircase import Story

ABOUT_MEETINGS = ("seat-given", "meeting-called", "minutes-ready", "minutes-locked")


def read_the_report(story: Story) -> None:
    """Summer 2016: each partner says that it has read the report. The one that joined later reads it then."""
    report = PublishedReport.objects.get(dialogue=story.dialogue)
    for row in read("groups")["read_2016"]:
        read_confirmations.confirm_read(
            report=report,
            organisation=story.who.bodies[row["body"]],
            by=story.who.accounts[row["body"]],
            comment=row.get("comment", ""),
            at=moment(row["on"], hour=9),
        )


def load(story: Story, year: int) -> dict[str, Proposal]:
    """The groups of a year and what they came to. Proposals by their keys in the file."""
    proposals: dict[str, Proposal] = {}
    for row in read("groups")[f"groups_{year}"]:
        room = _room(story, row)
        for held in row["meetings"]:
            proposals |= meetings.hold(room, held)
        # What was written about meetings that are over lies in nobody's inbox today.
        Letter.objects.filter(kind__in=ABOUT_MEETINGS).delete()
        for to_come in row.get("planned", []):
            meetings.call(room, to_come)
        if "ended" in row:
            by, at = story.who.coordinator, moment(row["ended"], hour=16)
            forming.end_group(group=room.group, on=day(row["ended"]), by=by, at=at)
    return proposals


def _room(story: Story, row: Content) -> Room:
    by, began = story.who.coordinator, moment(row["started"], hour=9)
    group = forming.create_group(
        dialogue=story.dialogue,
        name=row["name"],
        mandate=row["mandate"],
        issues=[story.issues[key] for key in row["issues"]],
        by=by,
        at=began,
    )
    seats = _seats(story, group, row["seats"])
    seating.appoint_chair(group=group, chair=seats["f1"], by=by, at=began)
    return Room(story, group, seats, {one["key"]: one for one in row["proposals"]})


def _seats(story: Story, group: WorkingGroup, row: Content) -> dict[str, Seat]:
    """Residents and most elected are seats without accounts. By the names they have in the file."""
    who, role = story.who, Seat.Role
    nobody: list[User | None] = [None] * row["residents"]
    accounts, council = [who.accounts[key] for key in row.get("resident_accounts", [])], who.bodies["stadsdel"]
    wanted: dict[str, dict[str, object]] = {}
    for number, user in enumerate([*nobody, *accounts], start=1):
        wanted[f"b{number}"] = {"role": role.RESIDENT, "user": user}
    for number in range(1, row["elected"] + 2):
        user = who.accounts["fortroendevald"] if number == 1 else None
        wanted[f"f{number}"] = {"role": role.ELECTED, "organisation": council, "user": user}
    for key in row["officials"]:
        wanted[key] = {"role": role.OFFICIAL, "organisation": who.bodies[key], "user": who.accounts[key]}
    at = moment(group.started_on, hour=9)
    return {key: seating.add_seat(group=group, by=who.coordinator, at=at, **said) for key, said in wanted.items()}  # type: ignore[arg-type]
