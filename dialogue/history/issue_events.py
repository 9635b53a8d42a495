"""What has happened to issues, in time: reports, proposals, each body's answer, activities, moves and closing answers.

Only what everybody may read: bodies and seats, never the names of people. A constant number of queries for any number
of issues.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from dialogue.external import outside_bodies
from dialogue.external.outside_bodies import OutsideEnquiry, UnansweredEnquiry
from dialogue.groups.proposal_summary import ProposalSummary, summarise_proposal
from dialogue.issues.quotes import PerspectiveLineage
from dialogue.models import (
    Activity,
    ActivityEvent,
    Commitment,
    DecidedIssue,
    Decision,
    Issue,
    Meeting,
    PartDecision,
    Petition,
    Proposal,
    PublishedReport,
    Round,
    StepChange,
    round_on,
)
from dialogue.rules.activities import ActivityState, Part
from dialogue.rules.decisions import GIVEN, DecisionOutcome, PartState, combined_outcome
from dialogue.rules.staircase import Move, Step

# More plain yeses than this to one question are told together.
FEW = 3
# Of what happened on one day, this came first.
ORDER = (
    *("round", "petition", "report", "meeting", "proposal", "outside", "outside_reply"),
    *("asked", "answer", "settled", "expired", "withdrawn"),
    *("promise", "step", "activity", "close"),
)


@dataclass(frozen=True)
class Event:
    """Something that happened to an issue in one of its rounds."""

    on: dt.date
    kind: str  # one of ORDER
    round: Round
    change: StepChange | None = None
    report: PublishedReport | None = None
    meeting: Meeting | None = None
    told: ProposalSummary | None = None
    decision: Decision | None = None
    part: PartDecision | None = None
    outcome: str = ""  # what the parts of a decision made together, then
    commitment: Commitment | None = None
    activity: Activity | None = None
    news: ActivityEvent | None = None
    is_again: bool = False  # an activity that goes on after a pause
    outside: OutsideEnquiry | None = None  # what a body outside was asked
    silence: UnansweredEnquiry | None = None  # that it has not answered

    @property
    def anchor(self) -> str:
        """What a link into the story calls its place; empty for what no link leads to."""
        if self.kind == "meeting" and self.meeting:
            return f"mote-{self.meeting.pk}"
        if self.kind == "proposal" and self.told:
            return f"forslag-{self.told.proposal.pk}"
        if self.kind == "asked" and self.decision:
            return f"beslut-{self.decision.pk}"
        if self.kind == "promise" and self.activity:
            return f"aktivitet-{self.activity.pk}"
        if self.kind in ("petition", "outside") and self.outside:
            return f"{self.kind}-{self.outside.pk}"
        return ""

    @property
    def is_back(self) -> bool:
        """Whether the issue went down the staircase."""
        return self.change is not None and self.change.move == Move.BACK


def of(issues: Iterable[Issue], lineage: PerspectiveLineage) -> dict[int, list[Event]]:
    """What happened to each issue, oldest first."""
    rounds: dict[int, list[Round]] = {issue.pk: [] for issue in issues}
    moves = Prefetch("changes", StepChange.objects.order_by("at", "pk"))
    for one in Round.objects.filter(issue__in=rounds).order_by("number").prefetch_related(moves):
        rounds[one.issue_id].append(one)
    by_key = {one.pk: one for found in rounds.values() for one in found}
    happened: dict[int, list[Event]] = defaultdict(list)
    for event in (
        *_moves(by_key.values()),
        *_reports(rounds),
        *_meetings(rounds),
        *_proposals(by_key, lineage),
        *_outside(by_key),
        *_decisions(by_key),
        *_activities(by_key),
    ):
        happened[event.round.issue_id].append(event)
    return {issue: sorted(happened[issue], key=_place) for issue in rounds}


def _place(event: Event) -> tuple[dt.date, int, float]:
    """By day; within it by what comes first, and the answers as they were given."""
    given = event.part.answered_at if event.part else None
    return event.on, ORDER.index(event.kind), given.timestamp() if given else 0.0


def _moves(rounds: Iterable[Round]) -> Iterator[Event]:
    """That a round begins at its first step is said once, by the round."""
    for one in rounds:
        changes = list(one.changes.all())
        begins = bool(changes) and changes[0].to_step == Step.INTERVIEWS
        yield Event(one.started_on, "round", one, change=changes[0] if begins else None)
        for change in changes[1:] if begins else changes:
            kind = "close" if change.move == Move.CLOSE else "step"
            yield Event(timezone.localdate(change.at), kind, one, change=change)


def _reports(rounds: dict[int, list[Round]]) -> Iterator[Event]:
    held = PublishedReport.issues.through.objects.filter(
        issue__in=rounds, publishedreport__withdrawn_at__isnull=True
    ).select_related("publishedreport")
    for link in held:
        report = link.publishedreport
        day = timezone.localdate(report.published_at)
        if rounds[link.issue_id]:
            yield Event(day, "report", round_on(rounds[link.issue_id], day), report=report)


def _meetings(rounds: dict[int, list[Round]]) -> Iterator[Event]:
    """Those whose minutes everybody may read."""
    held = Meeting.issues.through.objects.filter(issue__in=rounds, meeting__in=Meeting.objects.public())
    for link in held.select_related("meeting__group"):
        if rounds[link.issue_id]:
            within = round_on(rounds[link.issue_id], link.meeting.on)
            yield Event(link.meeting.on, "meeting", within, meeting=link.meeting)


def _proposals(rounds: dict[int, Round], lineage: PerspectiveLineage) -> Iterator[Event]:
    """What groups have stood behind; a draft is nobody else's business."""
    stood = Proposal.objects.filter(round__in=rounds, stands_since__isnull=False)
    for one in stood.select_related("group").prefetch_related("sides", "positions__seat"):
        if one.stands_since:
            yield Event(one.stands_since, "proposal", rounds[one.round_id], told=summarise_proposal(one, lineage))


def _outside(rounds: dict[int, Round]) -> Iterator[Event]:
    """What bodies outside were asked, and what they answered. Silence is told where the question is."""
    today = timezone.localdate()
    for one in outside_bodies.enquiries_in_rounds(rounds):
        kind, within = "petition" if isinstance(one, Petition) else "outside", rounds[one.round_id]
        yield Event(one.sent_on, kind, within, outside=one, silence=outside_bodies.unanswered_enquiry(one, today))
        if one.replied_on:
            yield Event(one.replied_on, "outside_reply", within, outside=one)


def _decisions(rounds: dict[int, Round]) -> Iterator[Event]:
    about = DecidedIssue.objects.filter(round__in=rounds).select_related("decision__supersedes")
    parts = Prefetch("decision__parts", PartDecision.objects.select_related("organisation"))
    for link in about.prefetch_related(parts).order_by("decision__requested_at"):
        decision, within = link.decision, rounds[link.round_id]
        yield Event(timezone.localdate(decision.requested_at), "asked", within, decision=decision)
        yield from _answers(decision, within)
        if decision.outcome == DecisionOutcome.EXPIRED and decision.valid_until:
            yield Event(decision.valid_until, "expired", within, decision=decision)
        if decision.outcome == DecisionOutcome.WITHDRAWN and decision.settled_on:
            yield Event(decision.settled_on, "withdrawn", within, decision=decision)


def _answers(decision: Decision, within: Round) -> Iterator[Event]:
    """Each body's own; and what they made together, when they were several or it replaces an earlier one."""
    parts = list(decision.parts.all())
    made = combined_outcome([part.answer for part in parts])
    together = made == DecisionOutcome.IN_FORCE and len(parts) > FEW
    for part in parts:
        if part.answer in GIVEN and part.decided_on and not (together and part.answer == PartState.APPROVED):
            yield Event(part.decided_on, "answer", within, decision=decision, part=part)
    if (
        decision.settled_on
        and made in (DecisionOutcome.IN_FORCE, DecisionOutcome.REFUSED)
        and (len(parts) > 1 or decision.supersedes)
    ):
        yield Event(decision.settled_on, "settled", within, decision=decision, outcome=made)


def _activities(rounds: dict[int, Round]) -> Iterator[Event]:
    promised = Prefetch("commitments", Commitment.objects.promised().select_related("organisation"))
    shown = Activity.objects.public().filter(round__in=rounds)
    for one in shown.select_related("dialogue__collaboration").prefetch_related(promised, "events"):
        within, has_begun = rounds[one.round_id], False
        for promise in one.commitments.all():
            if promise.part == Part.LEAD and promise.replied_at:
                day = timezone.localdate(promise.replied_at)
                yield Event(day, "promise", within, commitment=promise, activity=one)
        for news in one.events.all():
            day = timezone.localdate(news.at)
            yield Event(day, "activity", within, activity=one, news=news, is_again=has_begun)
            has_begun = has_begun or news.state == ActivityState.RUNNING
