"""What a meeting could talk about: what is open with the group just now. Nothing is decided here; people choose."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from dialogue.models import AgendaPoint, Commitment, Issue, MinuteItem, Position, Proposal, Seat, WorkingGroup
from dialogue.rules.activities import ENDS
from dialogue.rules.staircase import Step

# What falls due this long after the meeting is better talked about at it than forgotten before the next.
SOON = dt.timedelta(days=14)


@dataclass(frozen=True)
class Point:
    """Something to talk about, as it stands on the agenda."""

    text: str
    issue: Issue | None = None
    proposal: Proposal | None = None
    commitment: Commitment | None = None
    promise: MinuteItem | None = None

    @property
    def about(self) -> tuple[object, ...]:
        """What it is about, by keys: two points about the same are one too many."""
        return tuple(one.pk if one else None for one in (self.issue, self.proposal, self.commitment, self.promise))


class SuggestionReason(Enum):
    """What makes a point worth proposing, as a heading says it."""

    ISSUE = "Frågor i gruppens händer"
    PROPOSAL = "Utkast som inte alla tagit ställning till"
    PROMISE = "Det ni tog på er på tidigare möten"
    COMMITMENT = "Parternas åtaganden som närmar sig sin dag"


@dataclass(frozen=True)
class AgendaSuggestion:
    """A point that follows from what is written down, and why it does."""

    key: str
    why: SuggestionReason
    point: Point
    note: str = ""


def suggest_points(group: WorkingGroup, on: dt.date) -> list[AgendaSuggestion]:
    """What is open with the group on the day of the meeting. The number of queries does not depend on how much."""
    until = on + SOON
    return [*_issues(group), *_proposals(group, on), *_promises(group, until), *_commitments(group, until)]


def renumber_points(points: Sequence[AgendaPoint]) -> None:
    """Number the points as they stand."""
    for number, one in enumerate(points, 1):
        one.position = number
    AgendaPoint.objects.bulk_update(points, ["position"])


def _issues(group: WorkingGroup) -> Iterator[AgendaSuggestion]:
    for one in group.issues.filter(step=Step.WORKING_GROUPS):
        yield AgendaSuggestion(f"fraga-{one.pk}", SuggestionReason.ISSUE, Point(_short(str(one)), issue=one))


def _proposals(group: WorkingGroup, on: dt.date) -> Iterator[AgendaSuggestion]:
    """Drafts that some seat held that day has not taken a stand on."""
    held = set(Seat.objects.on(on).filter(group=group).values_list("pk", flat=True))
    drafts = list(group.proposals.filter(stands_since=None, withdrawn_at=None).select_related("issue"))
    stands = set(Position.objects.filter(proposal__in=drafts).values_list("proposal", "seat"))
    for one in drafts:
        waiting = sum((one.pk, seat) not in stands for seat in held)
        if waiting:
            point = Point(_short(f"Ta ställning till förslaget: {one}"), proposal=one, issue=one.issue)
            yield AgendaSuggestion(
                f"forslag-{one.pk}", SuggestionReason.PROPOSAL, point, f"{waiting} av {len(held)} platser återstår"
            )


def _promises(group: WorkingGroup, until: dt.date) -> Iterator[AgendaSuggestion]:
    open_ones = MinuteItem.objects.open_promises().filter(meeting__group=group, due_on__lte=until)
    for one in open_ones.select_related("owner__organisation", "issue").order_by("due_on"):
        owner = f"{one.owner}: " if one.owner else ""
        point = Point(_short(f"Uppföljning: {owner}{one.text}"), promise=one, issue=one.issue)
        yield AgendaSuggestion(f"lofte-{one.pk}", SuggestionReason.PROMISE, point, f"senast {one.due_on:%Y-%m-%d}")


def _commitments(group: WorkingGroup, until: dt.date) -> Iterator[AgendaSuggestion]:
    """What bodies have said yes to. What they have been asked for and not answered is still their own matter."""
    promised = Commitment.objects.accepted().filter(activity__issue__groups=group, activity__end__lte=until)
    going_on = promised.exclude(activity__state__in=ENDS)
    for one in going_on.select_related("organisation", "activity__issue").order_by("activity__end", "pk"):
        point = Point(_short(f"{one.organisation}: {one.activity}"), commitment=one, issue=one.activity.issue)
        yield AgendaSuggestion(
            f"atagande-{one.pk}", SuggestionReason.COMMITMENT, point, f"ska vara klart {one.activity.period.label()}"
        )


def _short(text: str) -> str:
    return text if len(text) <= 240 else f"{text[:239]}…"
