"""What happens to an issue on its way up the staircase."""

from dialogue.models.dialogue import Dialogue, ProcessStep
from dialogue.models.following import FollowedIssue, Follower
from dialogue.models.history import DialogueEvent
from dialogue.models.issue import ConcernedBody, Issue, IssuePerspective, Round, StepChange
from dialogue.models.publication import PublishedReport

__all__ = [
    "ConcernedBody",
    "Dialogue",
    "DialogueEvent",
    "FollowedIssue",
    "Follower",
    "Issue",
    "IssuePerspective",
    "ProcessStep",
    "PublishedReport",
    "Round",
    "StepChange",
]
