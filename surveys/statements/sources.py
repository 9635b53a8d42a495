"""A raw text to read: someone's free-text answer, or the notes of a conversation; told apart only where it matters."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from actors.models import Collaboration
from surveys.models import Answer, Interview, Question, Statement, Wave
from surveys.models.statements import StatementQuerySet
from surveys.redaction.segments import CutSpan
from surveys.rules.roles import AgeBand, Role
from surveys.rules.standard_questions import statement_role

ANSWER, INTERVIEW = "svar", "samtal"
KINDS = {ANSWER: "svar i formulär", INTERVIEW: "samtal"}


@dataclass(frozen=True)
class Source:
    """One raw text, and what we know of who said it in general terms."""

    row: Answer | Interview

    @property
    def kind(self) -> str:
        """Which of the two it is, as it stands in addresses."""
        return ANSWER if isinstance(self.row, Answer) else INTERVIEW

    @property
    def is_answer(self) -> bool:
        """Someone's own written words: all of it is one statement unless somebody parts it."""
        return isinstance(self.row, Answer)

    @cached_property
    def text(self) -> str:
        """The words as they were written, with plain line ends so that places in it are the same in every browser."""
        raw = self.row.text if isinstance(self.row, Answer) else self.row.notes
        return raw.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def wave(self) -> Wave:
        """When it was said."""
        return self.row.response.wave if isinstance(self.row, Answer) else self.row.wave

    @property
    def day(self) -> dt.date:
        """The day it was said; never the time."""
        return self.row.response.received_on if isinstance(self.row, Answer) else self.row.held_on

    @property
    def language(self) -> str:
        """The language it was said in."""
        return self.row.response.language if isinstance(self.row, Answer) else self.row.language

    @property
    def title(self) -> str:
        """«Svar» or «Gruppsamtal, biblioteket»."""
        if isinstance(self.row, Answer):
            return "Svar"
        mode = self.row.get_mode_display().capitalize()
        return f"{mode}, {self.row.place}" if self.row.place else mode

    @property
    def asked(self) -> str:
        """The question that was answered; empty for a conversation."""
        return str(self.row.question) if isinstance(self.row, Answer) else ""

    @property
    def is_read(self) -> bool:
        """Whether somebody has gone through all of it."""
        return self.row.coded_at is not None

    @property
    def statements(self) -> StatementQuerySet:
        """What has been cut out of it so far, in the order of the text."""
        return statements_of(self.row).order_by("span_start", "created_on", "pk")

    @cached_property
    def likely_role(self) -> Role:
        """The one category all of it comes from; unknown where there are several."""
        if isinstance(self.row, Answer):
            return statement_role(self._background.get(Question.Background.ROLE))
        roles = {heard.role for heard in self.row.heard.all()}
        return Role(roles.pop()) if len(roles) == 1 else Role.UNKNOWN

    @cached_property
    def likely_age_band(self) -> AgeBand:
        """The age band the answer gives; unknown for conversations."""
        band = self._background.get(Question.Background.AGE_BAND, "")
        return AgeBand(band) if band in AgeBand.values else AgeBand.UNKNOWN

    @cached_property
    def _background(self) -> dict[str, str]:
        if not isinstance(self.row, Answer):
            return {}
        answers = Answer.objects.filter(
            response=self.row.response_id, question__background__in=["role", "age_band"]
        ).values_list("question__background", "choices")
        return {background: choices[0] for background, choices in answers if choices}

    def locked(self) -> "Source":
        """The same source with its row locked, as it is now."""
        if isinstance(self.row, Answer):
            related = Answer.objects.select_related("response__wave__survey", "question")
            return Source(related.select_for_update(of=["self"]).get(pk=self.row.pk))
        return Source(
            Interview.objects.select_related("wave__survey").select_for_update(of=["self"]).get(pk=self.row.pk)
        )

    def mark_read(self, at: dt.datetime | None) -> None:
        """Set or clear when it was gone through."""
        self.row.coded_at = at
        self.row.save(update_fields=["coded_at"])


def source_of(statement: Statement) -> Source:
    """Where a statement comes from."""
    if statement.answer is not None:
        return Source(statement.answer)
    if statement.interview is not None:
        return Source(statement.interview)
    raise ValueError("A statement without a source; the database's constraint does not allow it.")


def statements_of(row: Answer | Interview) -> StatementQuerySet:
    """All statements that come from one raw text."""
    return Statement.objects.filter(Q(answer=row.pk) if isinstance(row, Answer) else Q(interview=row.pk))


def find_source(collaboration: Collaboration, kind: str, pk: UUID) -> Source | None:
    """The source within a collaboration, or None. One query."""
    row: Answer | Interview | None
    if kind == ANSWER:
        answers = Answer.objects.filter(response__wave__survey__collaboration=collaboration).exclude(text="")
        row = answers.select_related("response__wave__survey", "question").filter(pk=pk).first()
    else:
        interviews = Interview.objects.filter(wave__survey__collaboration=collaboration)
        row = interviews.select_related("wave__survey").prefetch_related("heard").filter(pk=pk).first()
    return Source(row) if row else None


def cut_spans(statements: Sequence[Statement]) -> list[CutSpan]:
    """Where in the raw text these statements stand, numbered as they are listed."""
    return [
        CutSpan(statement.span_start, statement.span_end, number)
        for number, statement in enumerate(statements, 1)
        if statement.span_start is not None and statement.span_end is not None
    ]
