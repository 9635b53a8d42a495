"""The source of statements: a free-text answer or the notes of a conversation, behind one interface."""

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
    """A raw text, with the role and age band of the speaker where known."""

    row: Answer | Interview

    @property
    def kind(self) -> str:
        """The kind of source, as used in URLs."""
        return ANSWER if isinstance(self.row, Answer) else INTERVIEW

    @property
    def is_answer(self) -> bool:
        """Whether it is an answer; a whole answer is one statement unless it is split."""
        return isinstance(self.row, Answer)

    @cached_property
    def text(self) -> str:
        """The raw text with normalised line ends, so that positions in it are the same in every browser."""
        raw = self.row.text if isinstance(self.row, Answer) else self.row.notes
        return raw.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def wave(self) -> Wave:
        """The wave it belongs to."""
        return self.row.response.wave if isinstance(self.row, Answer) else self.row.wave

    @property
    def day(self) -> dt.date:
        """The day a conversation was held, or the Monday of the week an answer was received."""
        return self.row.response.received_on if isinstance(self.row, Answer) else self.row.held_on

    @property
    def language(self) -> str:
        """The language of the text."""
        return self.row.response.language if isinstance(self.row, Answer) else self.row.language

    @property
    def title(self) -> str:
        """A Swedish title: «Svar» or «Gruppsamtal, biblioteket»."""
        if isinstance(self.row, Answer):
            return "Svar"
        mode = self.row.get_mode_display().capitalize()
        return f"{mode}, {self.row.place}" if self.row.place else mode

    @property
    def asked(self) -> str:
        """The question that was answered; empty for a conversation."""
        return str(self.row.question) if isinstance(self.row, Answer) else ""

    @property
    def note(self) -> str:
        """The office's own note beside an imported row; empty for all else."""
        return self.row.response.note if isinstance(self.row, Answer) else ""

    @property
    def is_read(self) -> bool:
        """Whether it has been gone through."""
        return self.row.coded_at is not None

    @property
    def statements(self) -> StatementQuerySet:
        """Its statements, in the order of the text."""
        return statements_of(self.row).order_by("span_start", "created_on", "pk")

    @cached_property
    def likely_role(self) -> Role:
        """The role of the speaker; unknown when there are several roles."""
        if isinstance(self.row, Answer):
            return statement_role(self._background.get(Question.Background.ROLE))
        roles = {heard.role for heard in self.row.heard.all()}
        return Role(roles.pop()) if len(roles) == 1 else Role.UNKNOWN

    @cached_property
    def likely_age_band(self) -> AgeBand:
        """The age band of the respondent; unknown for conversations."""
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
        """Return the source reloaded, with its row locked."""
        if isinstance(self.row, Answer):
            related = Answer.objects.select_related("response__wave__survey", "question")
            return Source(related.select_for_update(no_key=True, of=["self"]).get(pk=self.row.pk))
        return Source(
            Interview.objects.select_related("wave__survey")
            .select_for_update(no_key=True, of=["self"])
            .get(pk=self.row.pk)
        )

    def mark_read(self, at: dt.datetime | None) -> None:
        """Set or clear the time when it was gone through."""
        self.row.coded_at = at
        self.row.save(update_fields=["coded_at"])


def source_of(statement: Statement) -> Source:
    """Return the source of a statement."""
    if statement.answer is not None:
        return Source(statement.answer)
    if statement.interview is not None:
        return Source(statement.interview)
    raise ValueError("A statement without a source; the database's constraint does not allow it.")


def statements_of(row: Answer | Interview) -> StatementQuerySet:
    """Return all statements from one answer or interview."""
    return Statement.objects.filter(Q(answer=row.pk) if isinstance(row, Answer) else Q(interview=row.pk))


def find_source(collaboration: Collaboration, kind: str, pk: UUID) -> Source | None:
    """Return a source within a collaboration, or None. One query."""
    row: Answer | Interview | None
    if kind == ANSWER:
        answers = Answer.objects.filter(response__wave__survey__collaboration=collaboration).exclude(text="")
        row = answers.select_related("response__wave__survey", "question").filter(pk=pk).first()
    else:
        interviews = Interview.objects.filter(wave__survey__collaboration=collaboration)
        row = interviews.select_related("wave__survey").prefetch_related("heard").filter(pk=pk).first()
    return Source(row) if row else None


def cut_spans(statements: Sequence[Statement]) -> list[CutSpan]:
    """Return the spans of these statements in the raw text, numbered as listed."""
    return [
        CutSpan(statement.span_start, statement.span_end, number)
        for number, statement in enumerate(statements, 1)
        if statement.span_start is not None and statement.span_end is not None
    ]
