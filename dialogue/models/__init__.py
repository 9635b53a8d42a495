"""What happens to an issue on its way up the staircase."""

from dialogue.models.activity import Activity, ActivityEvent, Commitment
from dialogue.models.decision import DecidedIssue, Decision, DecisionEvent, PartDecision
from dialogue.models.dialogue import Dialogue, ProcessStep
from dialogue.models.following import FollowedIssue, Follower
from dialogue.models.history import DialogueEvent
from dialogue.models.issue import ConcernedBody, Issue, IssuePerspective
from dialogue.models.proposal import Decider, Proposal, ProposalPerspective
from dialogue.models.publication import PublishedReport, ReadConfirmation
from dialogue.models.round import Round, StepChange, open_round_of, round_of
from dialogue.models.working_group import Meeting, Seat, WorkingGroup

__all__ = [
    "Activity",
    "ActivityEvent",
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
    "Issue",
    "IssuePerspective",
    "Meeting",
    "PartDecision",
    "ProcessStep",
    "Proposal",
    "ProposalPerspective",
    "PublishedReport",
    "ReadConfirmation",
    "Round",
    "Seat",
    "StepChange",
    "WorkingGroup",
    "open_round_of",
    "round_of",
]
