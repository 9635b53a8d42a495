"""The kinds of events in the story of an issue: one small class each.

`order` says which comes first of what happened on one day; the classes stand in that order here. Each kind has a
template of its own, which gets `event`, `level` (of the heading) and `collaboration`.
"""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from dialogue.external.outside_bodies import OutsideEnquiry, UnansweredEnquiry
from dialogue.groups.proposal_summary import ProposalSummary
from dialogue.meetings.minutes_names import names_of
from dialogue.models import (
    Activity,
    ActivityEvent,
    Commitment,
    Decision,
    Meeting,
    PartDecision,
    PublishedReport,
    QuestionTransfer,
    Round,
    StepChange,
)
from dialogue.rules.decisions import DecisionOutcome
from dialogue.rules.staircase import Move

FOLDER = "dialogue/history/events"


@dataclass(frozen=True)
class Event:
    """Something that happened to an issue in one of its rounds."""

    kind: ClassVar[str]  # the value of data-kind in the page
    order: ClassVar[int]
    template: ClassVar[str]

    on: dt.date
    round: Round

    @property
    def anchor(self) -> str:
        """The id that links into the story point at; empty for kinds that nothing links to."""
        return ""

    @property
    def answered_at(self) -> dt.datetime | None:
        """When a body gave the answer that the event tells of; None for all other kinds."""
        return None


@dataclass(frozen=True)
class RoundStarted(Event):
    """The issue was taken up, or a new round of it began."""

    kind = "round"
    order = 0
    template = f"{FOLDER}/round_started.html"

    change: StepChange | None  # the move to the first step, when it has been recorded


@dataclass(frozen=True)
class OutsideStoryEvent(Event):
    """Base of the events about a body outside the collaboration."""

    enquiry: OutsideEnquiry

    @property
    def anchor(self) -> str:
        """The id of the event in the page, from its kind and the key of the enquiry."""
        return f"{self.kind}-{self.enquiry.pk}"


@dataclass(frozen=True)
class PetitionGathered(OutsideStoryEvent):
    """A petition was handed over to a body outside."""

    kind = "petition"
    order = 1
    template = f"{FOLDER}/petition_gathered.html"

    silence: UnansweredEnquiry | None  # None when the body has replied


@dataclass(frozen=True)
class ReportPublished(Event):
    """A report that holds the issue was published."""

    kind = "report"
    order = 2
    template = f"{FOLDER}/report_published.html"

    report: PublishedReport


@dataclass(frozen=True)
class MeetingHeld(Event):
    """A group met about the issue, and its minutes are public."""

    kind = "meeting"
    order = 3
    template = f"{FOLDER}/meeting_held.html"

    meeting: Meeting

    @property
    def anchor(self) -> str:
        """The id of the meeting in the page."""
        return f"mote-{self.meeting.pk}"

    @property
    def group_name(self) -> str:
        """What the group was called when the minutes were locked."""
        return names_of(self.meeting).group


@dataclass(frozen=True)
class ProposalMade(Event):
    """A group stood behind a proposal."""

    kind = "proposal"
    order = 4
    template = f"{FOLDER}/proposal_made.html"

    summary: ProposalSummary

    @property
    def anchor(self) -> str:
        """The id of the proposal in the page."""
        return f"forslag-{self.summary.proposal.pk}"


@dataclass(frozen=True)
class OutsideQuestionAsked(OutsideStoryEvent):
    """A letter was sent to a body outside."""

    kind = "outside"
    order = 5
    template = f"{FOLDER}/outside_question_asked.html"

    silence: UnansweredEnquiry | None  # None when the body has replied


@dataclass(frozen=True)
class OutsideReplyReceived(OutsideStoryEvent):
    """A body outside replied to a petition or a letter."""

    kind = "outside_reply"
    order = 6
    template = f"{FOLDER}/outside_reply_received.html"

    @property
    def anchor(self) -> str:
        """Empty: links lead to what was asked."""
        return ""


@dataclass(frozen=True)
class DecisionStoryEvent(Event):
    """Base of the events about a decision."""

    decision: Decision


@dataclass(frozen=True)
class DecisionRequested(DecisionStoryEvent):
    """One or more bodies were asked to decide."""

    kind = "asked"
    order = 7
    template = f"{FOLDER}/decision_requested.html"

    @property
    def anchor(self) -> str:
        """The id of the decision in the page."""
        return f"beslut-{self.decision.pk}"


@dataclass(frozen=True)
class QuestionMoved(DecisionStoryEvent):
    """A body's part went to another body, or came back."""

    kind = "moved"
    order = 8
    template = f"{FOLDER}/question_moved.html"

    transfer: QuestionTransfer
    is_return: bool


@dataclass(frozen=True)
class PartAnswered(DecisionStoryEvent):
    """One body gave its answer."""

    kind = "answer"
    order = 9
    template = f"{FOLDER}/part_answered.html"

    part: PartDecision

    @property
    def answered_at(self) -> dt.datetime | None:
        """When the answer was registered."""
        return self.part.answered_at


@dataclass(frozen=True)
class DecisionSettled(DecisionStoryEvent):
    """The answers of all bodies together became a yes or a no."""

    kind = "settled"
    order = 10
    template = f"{FOLDER}/decision_settled.html"

    outcome: DecisionOutcome  # of the answers; the decision may have been superseded since


@dataclass(frozen=True)
class DecisionExpired(DecisionStoryEvent):
    """A decision was no longer valid."""

    kind = "expired"
    order = 11
    template = f"{FOLDER}/decision_expired.html"


@dataclass(frozen=True)
class DecisionWithdrawn(DecisionStoryEvent):
    """The coordinator withdrew the question."""

    kind = "withdrawn"
    order = 12
    template = f"{FOLDER}/decision_withdrawn.html"


@dataclass(frozen=True)
class CommitmentMade(Event):
    """A body agreed to lead an activity."""

    kind = "promise"
    order = 13
    template = f"{FOLDER}/commitment_made.html"

    commitment: Commitment
    activity: Activity

    @property
    def anchor(self) -> str:
        """The id of the activity in the page."""
        return f"aktivitet-{self.activity.pk}"


@dataclass(frozen=True)
class StepMoved(Event):
    """The issue moved up or down the staircase."""

    kind = "step"
    order = 14
    template = f"{FOLDER}/step_moved.html"

    change: StepChange

    @property
    def is_back(self) -> bool:
        """Whether it moved down."""
        return self.change.move == Move.BACK


@dataclass(frozen=True)
class ActivityReported(Event):
    """An activity began, paused, ended, or somebody reported how it goes."""

    kind = "activity"
    order = 15
    template = f"{FOLDER}/activity_reported.html"

    activity: Activity
    news: ActivityEvent
    is_resumed: bool  # the activity had begun before


@dataclass(frozen=True)
class IssueClosed(Event):
    """Those who asked in the round got their answer."""

    kind = "close"
    order = 16
    template = f"{FOLDER}/issue_closed.html"

    change: StepChange
