"""«Vad hände sen?» on a receipt: what has come of an issue since somebody spoke, in at most five lines."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from dialogue.followers.better_questions import BetterFigures
from dialogue.history.events.event_types import (
    ActivityReported,
    DecisionExpired,
    DecisionStoryEvent,
    Event,
    IssueClosed,
    OutsideStoryEvent,
    ProposalMade,
)
from dialogue.models import PartDecision
from dialogue.rules.activities import ENDS, ActivityState
from dialogue.rules.decisions import DecisionOutcome, PartState

MOST_LINES = 5
FOLDER = "dialogue/history/receipt_lines"


@dataclass(frozen=True)
class ReceiptLine:
    """One event, told shortly. Each kind of line has a template of its own, which gets `line`."""

    template: ClassVar[str]

    event: Event

    @property
    def kind(self) -> str:
        """What the line tells of."""
        return self.event.kind


@dataclass(frozen=True)
class ProposalLine(ReceiptLine):
    """A proposal that answers what she said, or goes against it."""

    template = f"{FOLDER}/proposal.html"

    event: ProposalMade
    is_against: bool

    @property
    def kind(self) -> str:
        """Which of the two."""
        return "against" if self.is_against else "answers"


@dataclass(frozen=True)
class DecisionLine(ReceiptLine):
    """A decision as it stands today."""

    template = f"{FOLDER}/decision.html"
    KINDS: ClassVar[dict[str, str]] = {
        DecisionOutcome.IN_FORCE: "yes",
        DecisionOutcome.REFUSED: "no",
        DecisionOutcome.PENDING: "asked",
        DecisionOutcome.WITHDRAWN: "withdrawn",
    }

    event: DecisionStoryEvent

    @property
    def kind(self) -> str:
        """The outcome in a word; empty for outcomes that no receipt tells of."""
        return self.KINDS.get(self.event.decision.outcome, "")

    @property
    def refusal(self) -> PartDecision | None:
        """The answer of the body that said no, with its reason."""
        parts = self.event.decision.parts.all()
        return next((part for part in parts if part.answer == PartState.REFUSED), None)


@dataclass(frozen=True)
class OutsideLine(ReceiptLine):
    """A petition, a letter, or the reply to one."""

    template = f"{FOLDER}/outside.html"

    event: OutsideStoryEvent


@dataclass(frozen=True)
class ActivityLine(ReceiptLine):
    """An activity as it goes, or what came of it."""

    template = f"{FOLDER}/activity.html"

    event: ActivityReported
    better: BetterFigures | None = None  # what followers of the issue answered when the activity had ended

    @property
    def is_over(self) -> bool:
        """Whether the event is the end of the activity."""
        return self.event.news.state in ENDS


@dataclass(frozen=True)
class ClosingLine(ReceiptLine):
    """The answer to those who asked."""

    template = f"{FOLDER}/closing.html"

    event: IssueClosed

    @property
    def kind(self) -> str:
        """Always the same."""
        return "closed"


AnyLine = TypeVar("AnyLine", bound=ReceiptLine)


def build_receipt_lines(events: Iterable[Event], hers: Collection[int], since: dt.date) -> tuple[ReceiptLine, ...]:
    """At most five lines, oldest first: a proposal, the decision, activities, replies from outside, the closing answer.

    `events` are the events of one issue, oldest first; those before `since` are left out. `hers` are the keys of the
    perspectives that her words are part of today.
    """
    later = [event for event in events if event.on >= since]
    decisions = _latest_of_each(_decision_lines(later), lambda line: line.event.decision)
    lines: list[ReceiptLine] = [
        *_latest_of_each(_outside_lines(later), lambda line: line.event.enquiry)[-1:],
        *_latest_of_each(_proposal_lines(later, set(hers)), lambda line: line.kind),
        *sorted(decisions, key=lambda line: line.event.decision.requested_at)[-1:],
        *_latest_of_each(_activity_lines(later), lambda line: line.event.activity)[-2:],
        *[ClosingLine(event) for event in later if isinstance(event, IssueClosed)][-1:],
    ]
    return tuple(sorted(lines[-MOST_LINES:], key=lambda line: line.event.on))


def _latest_of_each(lines: Iterable[AnyLine], subject: Callable[[AnyLine], object]) -> list[AnyLine]:
    """The last line about each subject, in the order they happened."""
    by_subject: dict[object, AnyLine] = {}
    for line in lines:
        by_subject.pop(subject(line), None)
        by_subject[subject(line)] = line
    return list(by_subject.values())


def _proposal_lines(events: Iterable[Event], hers: set[int]) -> Iterator[ProposalLine]:
    """Proposals that answer her perspectives or go against them; withdrawn proposals are left out."""
    for event in events:
        if isinstance(event, ProposalMade) and event.summary.proposal.withdrawn_at is None:
            if hers & {perspective.pk for perspective in event.summary.answers}:
                yield ProposalLine(event, is_against=False)
            elif hers & {perspective.pk for perspective in event.summary.against}:
                yield ProposalLine(event, is_against=True)


def _decision_lines(events: Iterable[Event]) -> Iterator[DecisionLine]:
    """Decisions as they stand today. A superseded decision is told by the one that replaced it."""
    for event in events:
        if isinstance(event, DecisionStoryEvent) and not isinstance(event, DecisionExpired):
            line = DecisionLine(event)
            if line.kind:
                yield line


def _outside_lines(events: Iterable[Event]) -> Iterator[OutsideLine]:
    return (OutsideLine(event) for event in events if isinstance(event, OutsideStoryEvent))


def _activity_lines(events: Iterable[Event]) -> Iterator[ActivityLine]:
    told = (*ENDS, ActivityState.RUNNING, ActivityState.PAUSED)
    return (ActivityLine(event) for event in events if isinstance(event, ActivityReported) and event.news.state in told)
