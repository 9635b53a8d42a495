"""One row of an import: what it says, and what becomes of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ostberga.lib.coarse_dates import week_of
from surveys.models import Channel, Wave
from surveys.rules.languages import LANGUAGE_NAMES
from surveys.rules.questions import AnswerValue


class RowOutcome(StrEnum):
    """What becomes of a row. Every row that was read has exactly one."""

    STORED = "stored"
    ASKED = "asked"  # waits for an answer of the person who imports
    REFUSED = "refused"
    LEFT = "left"  # left out: by her choice, or since it is stored already
    BLANK = "blank"


@dataclass(frozen=True)
class Batch:
    """What holds for the rows that say nothing else."""

    wave: Wave
    channel: Channel
    language: str
    day: dt.date


@dataclass(frozen=True)
class PlannedPlace:
    """Where a row came from: a channel, or one that is made when the rows are stored."""

    channel: Channel | None
    label: str
    is_small: bool

    def __str__(self) -> str:
        return self.label if self.channel else f"{self.label} (ny)"


@dataclass
class Row:
    """A row as it was read and judged."""

    number: int  # in the sheet, from 1
    labelled: list[tuple[str, str]] = field(default_factory=list)  # the cells that are read, with their headings
    answers: dict[int, AnswerValue] = field(default_factory=dict)
    language: str = ""
    said_on: dt.date | None = None  # as the row says; None when it does not
    day: dt.date = dt.date.min  # that day, or the batch's
    wave: Wave | None = None
    place: PlannedPlace | None = None
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)  # what she has to answer first
    receipt: str = ""  # the code that the person has, if the row says it
    note: str = ""  # the office's own, about the row
    left: str = ""  # why it is left out
    is_blank: bool = False
    keeps_place: bool = True  # whether its place is stored
    repeat: int = 0  # how many equal rows of the same week stand before it, from whatever place

    @property
    def outcome(self) -> RowOutcome:
        """What becomes of it."""
        if self.is_blank:
            return RowOutcome.BLANK
        if self.left:
            return RowOutcome.LEFT
        if self.problems:
            return RowOutcome.REFUSED
        return RowOutcome.ASKED if self.unanswered else RowOutcome.STORED

    @property
    def is_stored(self) -> bool:
        """Whether it will be stored."""
        return self.outcome == RowOutcome.STORED

    @property
    def language_name(self) -> str:
        """Its language in words."""
        return LANGUAGE_NAMES[self.language]

    @property
    def week(self) -> dt.date:
        """The Monday of its week, which is all that is stored of its day."""
        return week_of(self.day)

    @property
    def week_in_words(self) -> str:
        """Its ISO week and year: «42 2026»."""
        return f"{self.day:%V %G}"

    @property
    def words(self) -> str:
        """What it says in free text, for comparing rows; case and spaces do not count."""
        texts = (answer.text for _, answer in sorted(self.answers.items()) if answer.text)
        return "\n".join(" ".join(text.casefold().split()) for text in texts)

    @property
    def said(self) -> str:
        """The first of its free texts as it is written, on one line; empty when it has none."""
        texts = (" ".join(answer.text.split()) for _, answer in sorted(self.answers.items()))
        return next(filter(None, texts), "")

    @property
    def place_in_words(self) -> str:
        """The place that is stored; all rows of an import are stored without theirs when one is a small place."""
        return str(self.place) if self.place and self.keeps_place else "ingen plats sparas"

    @property
    def content(self) -> str:
        """Its answers, written so that equal answers are equal."""
        return content_of(self.answers)

    @property
    def reasons(self) -> list[str]:
        """Why it is not stored."""
        if self.outcome == RowOutcome.LEFT:
            return [self.left]
        return [] if self.is_stored else [*self.problems, *self.unanswered]


def content_of(answers: Mapping[int, AnswerValue]) -> str:
    """Return the answers as text, in the order of the questions' keys."""
    return repr(sorted((pk, answer.text, answer.choices) for pk, answer in answers.items()))
