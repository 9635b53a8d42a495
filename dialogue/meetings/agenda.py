"""Suggested agenda points for a meeting, from what is open in the group. People choose among them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from dialogue.groups.taking_positions import count_missing_positions
from dialogue.models import AgendaPoint, Commitment, Issue, Meeting, MinuteItem, Proposal, Seat, WorkingGroup
from dialogue.rules.activities import ENDS
from dialogue.rules.staircase import Step

# Promises and commitments due within this time after the meeting are suggested too.
SOON = dt.timedelta(days=14)


@dataclass(frozen=True)
class Point:
    """The content of an agenda point. The fields are those of `AgendaPoint`."""

    text: str
    issue: Issue | None = None
    proposal: Proposal | None = None
    commitment: Commitment | None = None
    promise: MinuteItem | None = None

    @property
    def subject_keys(self) -> tuple[object, ...]:
        """Keys of what the point is about, to recognise two points about the same thing."""
        subjects = (self.issue, self.proposal, self.commitment, self.promise)
        return tuple(subject.pk if subject else None for subject in subjects)


class SuggestionReason(Enum):
    """Why points are suggested, as the heading over them."""

    ISSUE = "Frågor i gruppens händer"
    PROPOSAL = "Utkast som inte alla tagit ställning till"
    PROMISE = "Det ni tog på er på tidigare möten"
    COMMITMENT = "Parternas åtaganden som närmar sig sin dag"


@dataclass(frozen=True)
class AgendaSuggestion:
    """A suggested point with its reason; `key` identifies it in forms."""

    key: str
    why: SuggestionReason
    point: Point
    note: str = ""


def suggest_points(group: WorkingGroup, on: dt.date) -> list[AgendaSuggestion]:
    """Points suggested for a meeting on a day. A constant number of queries."""
    until = on + SOON
    return [*_issues(group), *_proposals(group, on), *_promises(group, until), *_commitments(group, until)]


def suggest_further_points(meeting: Meeting, points: Iterable[AgendaPoint]) -> list[AgendaSuggestion]:
    """Points suggested for the meeting that are not about the same thing as one of its `points`."""
    on_agenda = {(point.issue_id, point.proposal_id, point.commitment_id, point.promise_id) for point in points}
    suggestions = suggest_points(meeting.group, meeting.on)
    return [suggestion for suggestion in suggestions if suggestion.point.subject_keys not in on_agenda]


def renumber_points(points: Sequence[AgendaPoint]) -> None:
    """Set the positions to 1, 2, 3 … in the given order."""
    for position, point in enumerate(points, 1):
        point.position = position
    AgendaPoint.objects.bulk_update(points, ["position"])


def _issues(group: WorkingGroup) -> Iterator[AgendaSuggestion]:
    for issue in group.issues.filter(step=Step.WORKING_GROUPS):
        yield AgendaSuggestion(f"fraga-{issue.pk}", SuggestionReason.ISSUE, Point(_shorten(str(issue)), issue=issue))


def _proposals(group: WorkingGroup, on: dt.date) -> Iterator[AgendaSuggestion]:
    """Drafts on which some seat held that day has taken no position."""
    held = set(Seat.objects.on(on).filter(group=group).values_list("pk", flat=True))
    drafts = group.proposals.filter(stands_since=None, withdrawn_at=None)
    for draft in drafts.select_related("issue", "open_positions", "position_key"):
        waiting = count_missing_positions(draft, held)
        if waiting:
            point = Point(_shorten(f"Ta ställning till förslaget: {draft}"), proposal=draft, issue=draft.issue)
            note = f"{waiting} av {len(held)} platser återstår"
            yield AgendaSuggestion(f"forslag-{draft.pk}", SuggestionReason.PROPOSAL, point, note)


def _promises(group: WorkingGroup, until: dt.date) -> Iterator[AgendaSuggestion]:
    promises = MinuteItem.objects.open_promises().filter(meeting__group=group, due_on__lte=until)
    for promise in promises.select_related("owner__organisation", "handover__seat__organisation", "issue").order_by(
        "due_on"
    ):
        owner = f"{promise.holder}: " if promise.holder else ""
        point = Point(_shorten(f"Uppföljning: {owner}{promise.text}"), promise=promise, issue=promise.issue)
        note = f"senast {promise.due_on:%Y-%m-%d}"
        yield AgendaSuggestion(f"lofte-{promise.pk}", SuggestionReason.PROMISE, point, note)


def _commitments(group: WorkingGroup, until: dt.date) -> Iterator[AgendaSuggestion]:
    """Accepted commitments to activities that have not ended. Unanswered requests are not suggested."""
    accepted = Commitment.objects.accepted().filter(activity__issue__groups=group, activity__end__lte=until)
    ongoing = accepted.exclude(activity__state__in=ENDS)
    for commitment in ongoing.select_related("organisation", "activity__issue").order_by("activity__end", "pk"):
        activity = commitment.activity
        text = _shorten(f"{commitment.organisation}: {activity}")
        point = Point(text, commitment=commitment, issue=activity.issue)
        note = f"ska vara klart {activity.period.label()}"
        yield AgendaSuggestion(f"atagande-{commitment.pk}", SuggestionReason.COMMITMENT, point, note)


def _shorten(text: str) -> str:
    return text if len(text) <= 240 else f"{text[:239]}…"
