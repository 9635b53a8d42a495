"""Models of the dialogue: issues, rounds, groups, proposals, decisions, activities and followers."""

from dialogue.models.activities.activity import Activity, Commitment
from dialogue.models.activities.activity_event import ActivityEvent
from dialogue.models.adjusting import Adjustment, Pulse, PulseAnswer, PulseInvite
from dialogue.models.calendar_feed import CalendarFeed
from dialogue.models.decisions.decision import DecidedIssue, Decision
from dialogue.models.decisions.part_decision import PartDecision
from dialogue.models.decisions.question_transfer import QuestionTransfer
from dialogue.models.dialogue import Dialogue
from dialogue.models.following import FollowedIssue, Follower, Wish
from dialogue.models.former.addresses import FormerIssueAddress
from dialogue.models.former.names import FormerGroupName, FormerIssueTitle
from dialogue.models.history import DecisionEvent, DialogueEvent, GroupEvent
from dialogue.models.issue import ConcernedBody, Issue, IssuePerspective
from dialogue.models.listed.listed_activity import ListedActivity
from dialogue.models.listed.listed_decision import ListedDecision
from dialogue.models.meeting import Addition, Approval, Meeting, MeetingCall
from dialogue.models.minutes import AgendaPoint, ItemWording, MinuteItem, PromiseHandover, PromiseOutcome
from dialogue.models.news import Better, BetterAnswer, BetterInvite, BetterQuestion, News
from dialogue.models.outside import AddresseeWords, OutsideQuestion, Petition
from dialogue.models.process_step import ProcessStage, ProcessStep
from dialogue.models.proposal import (
    Decider,
    MeetingReasons,
    OpenPositions,
    PositionKey,
    Prioritisation,
    PrioritisedProposal,
    Proposal,
    ProposalPerspective,
    SettledPosition,
)
from dialogue.models.publication import PublishedReport, ReadConfirmation
from dialogue.models.round import Round, StepChange, open_round_of, round_of, round_on
from dialogue.models.working_group import Seat, WorkingGroup

__all__ = [
    "Activity",
    "ActivityEvent",
    "Addition",
    "AddresseeWords",
    "Adjustment",
    "AgendaPoint",
    "Approval",
    "Better",
    "BetterAnswer",
    "BetterInvite",
    "BetterQuestion",
    "CalendarFeed",
    "Commitment",
    "ConcernedBody",
    "DecidedIssue",
    "Decider",
    "Decision",
    "DecisionEvent",
    "Dialogue",
    "DialogueEvent",
    "FollowedIssue",
    "Follower",
    "FormerGroupName",
    "FormerIssueAddress",
    "FormerIssueTitle",
    "GroupEvent",
    "Issue",
    "IssuePerspective",
    "ItemWording",
    "ListedActivity",
    "ListedDecision",
    "Meeting",
    "MeetingCall",
    "MeetingReasons",
    "MinuteItem",
    "News",
    "OpenPositions",
    "OutsideQuestion",
    "PartDecision",
    "Petition",
    "PositionKey",
    "Prioritisation",
    "PrioritisedProposal",
    "ProcessStage",
    "ProcessStep",
    "PromiseHandover",
    "PromiseOutcome",
    "Proposal",
    "ProposalPerspective",
    "PublishedReport",
    "Pulse",
    "PulseAnswer",
    "PulseInvite",
    "QuestionTransfer",
    "ReadConfirmation",
    "Round",
    "Seat",
    "SettledPosition",
    "StepChange",
    "Wish",
    "WorkingGroup",
    "open_round_of",
    "round_of",
    "round_on",
]
