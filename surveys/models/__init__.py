"""Models: forms, waves, interviews, answers, statements, perspectives and themes."""

from surveys.models.answers import Answer, Response
from surveys.models.attachments import Attachment
from surveys.models.batching import BlankCount, Burst, WaitingItem, WaitingKey
from surveys.models.codebook import Perspective, Polarity, Theme, ThemePerspective
from surveys.models.coding_log import CodingEvent
from surveys.models.fielding import Heard, Interview, Wave
from surveys.models.history import FormEvent
from surveys.models.imports import AnswerImport, ListImport, RememberedChoice
from surveys.models.large_imports import LargeImport
from surveys.models.piles import Pile, PiledText, SecondChoice
from surveys.models.statements import Statement
from surveys.models.survey import Channel, GuidingQuestion, Question, Survey

__all__ = [
    "Answer",
    "AnswerImport",
    "Attachment",
    "BlankCount",
    "Burst",
    "Channel",
    "CodingEvent",
    "FormEvent",
    "GuidingQuestion",
    "Heard",
    "Interview",
    "LargeImport",
    "ListImport",
    "Perspective",
    "Pile",
    "PiledText",
    "Polarity",
    "Question",
    "RememberedChoice",
    "Response",
    "SecondChoice",
    "Statement",
    "Survey",
    "Theme",
    "ThemePerspective",
    "WaitingItem",
    "WaitingKey",
    "Wave",
]
