"""What became of the answer behind a receipt code: whether it was read, which issues it feeds; never its words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dialogue.followers import better_questions
from dialogue.history.events.event_types import Event
from dialogue.history.events.rounds import rounds_of
from dialogue.history.issue_events import list_events
from dialogue.history.receipt_story import ActivityLine, ReceiptLine, build_receipt_lines
from dialogue.issues.quotes import PerspectiveLineage
from dialogue.issues.separate_forms import forms_apart
from dialogue.models import Dialogue, Issue, IssuePerspective, ProposalPerspective, round_on
from ostberga.lib.privacy.codes import is_receipt_code
from surveys.collecting.receiving import receipt_hash
from surveys.models import Answer, Attachment, Interview, Perspective, Response, Statement, Wave
from surveys.rules.questions import QuestionKind


@dataclass(frozen=True)
class FedIssue:
    """An issue that what was said contributes to, and through which of its perspectives."""

    issue: Issue
    perspectives: tuple[Perspective, ...]
    since: tuple[ReceiptLine, ...] = ()  # what has happened after she spoke
    is_closed: bool = False  # those who asked have their answer


@dataclass(frozen=True)
class ReceiptOutcome:
    """What a receipt shows."""

    wave: Wave
    is_interview: bool
    is_late: bool
    parts: int  # free-text answers; ticked boxes are not read by anybody
    parts_read: int
    feeds: tuple[FedIssue, ...]
    is_begun: bool = False  # some statement from it is confirmed, though no whole text has been gone through

    @property
    def has_text(self) -> bool:
        """Whether there is anything for a person to read."""
        return self.parts > 0

    @property
    def was_read(self) -> bool:
        """Whether somebody has gone through all of it."""
        return self.has_text and self.parts_read == self.parts

    @property
    def is_partly_read(self) -> bool:
        """Whether some of it has been gone through, but not all: one text of two, or a part of a long one."""
        return not self.was_read and (self.parts_read > 0 or self.is_begun)

    @property
    def dialogue(self) -> Dialogue | None:
        """The dialogue that the form belongs to."""
        about = self.wave.survey.dialogues.select_related("collaboration", "guiding_question")
        return about.order_by("-is_current", "-pk").first()


def look_up(typed: str) -> ReceiptOutcome | None:
    """The outcome behind a code as somebody typed it.

    A code is one of 2^50, and a client that guesses must soon work for each guess (ostberga/http/request_limits.py).
    """
    return outcome_of(typed) if is_receipt_code(typed) else None


def outcome_of(code: str) -> ReceiptOutcome | None:
    """The outcome behind a code, whether it came from a form or from the slip of a conversation."""
    hashed = receipt_hash(code)
    related = "wave__survey__collaboration"
    response = Response.objects.select_related(related).filter(receipt_hash=hashed).first()
    if response is not None:
        return _of_response(response)
    interview = Interview.objects.select_related(related).filter(receipt_hash=hashed).first()
    return None if interview is None else _of_interview(interview)


def _of_response(response: Response) -> ReceiptOutcome:
    texts = Answer.objects.filter(response=response, question__kind=QuestionKind.FREE_TEXT).exclude(text="")
    statements = Statement.objects.publishable().filter(answer__response=response)
    return ReceiptOutcome(
        wave=response.wave,
        is_interview=False,
        is_late=response.is_late,
        parts=texts.count(),
        parts_read=texts.filter(coded_at__isnull=False).count(),
        feeds=_fed_issues(response.wave, statements),
        is_begun=statements.exists(),
    )


def _of_interview(interview: Interview) -> ReceiptOutcome:
    statements = Statement.objects.publishable().filter(interview=interview)
    return ReceiptOutcome(
        wave=interview.wave,
        is_interview=True,
        is_late=False,
        parts=1,
        parts_read=int(interview.coded_at is not None),
        feeds=_fed_issues(interview.wave, statements),
        is_begun=statements.exists(),
    )


def _fed_issues(wave: Wave, statements: Iterable[Statement]) -> tuple[FedIssue, ...]:
    """Public issues that rest on what was said, or have a proposal about it, and what has come of them since.

    Merged perspectives are followed, and so are those that were split after a proposal was written.
    """
    lineage = PerspectiveLineage(wave.survey.collaboration)
    attached = Attachment.objects.current().filter(statement__in=statements)
    said = set(lineage.current_keys(attached.values_list("perspective", flat=True)))
    perspectives = _perspectives_by_issue(lineage, said)
    public = Issue.objects.public().filter(pk__in=perspectives, dialogue__in=_dialogues_that_hear(wave))
    public = public.select_related("dialogue__collaboration").prefetch_related("dialogue__stages")
    issues = list(public.order_by("position", "pk"))
    events = list_events(issues, lineage)
    lines = _with_figures(
        {
            issue.pk: build_receipt_lines(events[issue.pk], perspectives[issue.pk], _first_day(wave, events[issue.pk]))
            for issue in issues
        }
    )
    return tuple(
        FedIssue(
            issue,
            lineage.current_perspectives(perspectives[issue.pk]),
            lines[issue.pk],
            is_closed=_is_closed(events[issue.pk]),
        )
        for issue in issues
    )


def _dialogues_that_hear(wave: Wave) -> list[int]:
    """The dialogues in which what was said in the wave is told: not those beside its own."""
    dialogues = Dialogue.objects.filter(collaboration=wave.survey.collaboration_id).values_list("pk", flat=True)
    return [key for key, apart in forms_apart(dialogues).items() if wave.survey_id not in apart]


def _with_figures(lines: Mapping[int, Sequence[ReceiptLine]]) -> dict[int, tuple[ReceiptLine, ...]]:
    """The same lines; those of activities that are over with what followers of the issue answered. One query."""
    activities = [line for some in lines.values() for line in some if isinstance(line, ActivityLine)]
    figures = better_questions.figures_by_activity([line.event.activity.pk for line in activities])
    return {
        issue: tuple(
            replace(line, better=figures.get(line.event.activity.pk))
            if isinstance(line, ActivityLine) and line.is_over
            else line
            for line in some
        )
        for issue, some in lines.items()
    }


def _perspectives_by_issue(lineage: PerspectiveLineage, said: set[int]) -> dict[int, set[int]]:
    """The issues that any of these perspectives belongs to, by the issue's key, with which of them do."""
    perspectives: dict[int, set[int]] = defaultdict(set)
    links = IssuePerspective.objects.filter(issue__dialogue__collaboration=lineage.collaboration)
    for issue, perspective in links.values_list("issue", "perspective"):
        perspectives[issue].update(said.intersection(lineage.current_keys([perspective])))
    sides = ProposalPerspective.objects.filter(
        proposal__issue__dialogue__collaboration=lineage.collaboration, proposal__stands_since__isnull=False
    )
    for issue, perspective, at in sides.values_list("proposal__issue", "perspective", "proposal__written_at"):
        perspectives[issue].update(said.intersection(lineage.current_keys_since(perspective, at)))
    return {issue: some for issue, some in perspectives.items() if some}


def _is_closed(events: list[Event]) -> bool:
    rounds = rounds_of(events)
    return bool(rounds) and rounds[-1].is_closed


def _first_day(wave: Wave, events: list[Event]) -> dt.date:
    """The first day to tell of: when the wave opened, or when the round that the wave belongs to started, if later."""
    rounds = rounds_of(events)
    return max(wave.opens_on, round_on(rounds, wave.closes_on).started_on) if rounds else wave.opens_on
