"""Loads the working groups: their seats, their meetings, and the proposals they stand behind with dissent told."""

from collections.abc import Sequence

from dialogue import confirming, proposing
from dialogue.groups import approving, forming, seating
from dialogue.models import Meeting, Proposal, PublishedReport, Seat, WorkingGroup
from ostberga.demo.content import Content, day, moment, read
from ostberga.demo.staircase import Story


def read_the_report(story: Story) -> None:
    """Summer 2016: each partner says that it has read the report. The one that joined later reads it then."""
    report = PublishedReport.objects.get(dialogue=story.dialogue)
    for row in read("groups")["read_2016"]:
        confirming.confirm_read(
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
        group = forming.form(
            dialogue=story.dialogue,
            name=row["name"],
            mandate=row["mandate"],
            issues=[story.issues[key] for key in row["issues"]],
            by=story.who.coordinator,
            on=day(row["started"]),
            at=moment(row["started"], hour=9),
        )
        seats = _seats(story, group, row["seats"])
        meetings = [_meeting(story, group, seats, one) for one in row["meetings"]]
        proposals |= {one["key"]: _proposal(story, group, meetings[-1], one) for one in row["proposals"]}
        if "ended" in row:
            forming.end(group=group, on=day(row["ended"]), by=story.who.coordinator, at=moment(row["ended"], hour=16))
    return proposals


def _seats(story: Story, group: WorkingGroup, row: Content) -> list[Seat]:
    """Residents first: they are seats without accounts, but for the few that name one."""
    since, accounts, by = group.started_on, story.who.accounts, story.who.coordinator
    at = moment(since, hour=9)
    seats = [
        seating.seat(group=group, by=by, at=at, role=Seat.Role.RESIDENT, on=since) for _ in range(row["residents"])
    ]
    for key in row.get("resident_accounts", []):
        seats.append(seating.seat(group=group, by=by, at=at, role=Seat.Role.RESIDENT, user=accounts[key], on=since))
    council = story.who.bodies["stadsdel"]
    elected = accounts["fortroendevald"]
    seats.append(
        seating.seat(group=group, by=by, at=at, role=Seat.Role.ELECTED, organisation=council, user=elected, on=since)
    )
    for key in row["officials"]:
        body, user = story.who.bodies[key], accounts[key]
        seats.append(
            seating.seat(group=group, by=by, at=at, role=Seat.Role.OFFICIAL, organisation=body, user=user, on=since)
        )
    return seats


def _meeting(story: Story, group: WorkingGroup, seats: Sequence[Seat], row: Content) -> Meeting:
    """A meeting where all were but those whose places `absent` counts out; the first resident approves its notes."""
    meeting = forming.meet(
        group=group,
        on=day(row["on"]),
        place=row["place"],
        issues=[story.issues[key] for key in row["issues"]],
        present=[seat for place, seat in enumerate(seats) if place not in row.get("absent", [])],
        notes=row["notes"],
        by=story.who.coordinator,
        at=moment(row["on"], hour=20),
        adjusters=seats[:1],
    )
    approving.approve(meeting=meeting, seat=seats[0], by=story.who.coordinator, on=day(row["approved"]))
    return meeting


def _proposal(story: Story, group: WorkingGroup, meeting: Meeting, row: Content) -> Proposal:
    bodies, perspectives = story.who.bodies, story.perspectives
    made = proposing.propose(
        issue=story.issues[row["issue"]],
        group=group,
        words={
            "title": row["title"],
            "what": row["what"],
            "place": row["place"],
            "cost": row["cost"],
            "effect": row["effect"],
        },
        answers=[perspectives[key] for key in row["answers"]],
        against=[perspectives[key] for key in row["against"]],
        deciders={bodies[key]: form for key, form in row["deciders"].items()},
        by=story.who.coordinator,
        at=moment(meeting.on, hour=19),
    )
    proposing.stand_behind(proposal=made, meeting=meeting, dissent=row["dissent"], by=story.who.coordinator)
    return made
