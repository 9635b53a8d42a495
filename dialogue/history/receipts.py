"""What became of the answer behind a receipt code: whether it was read, which issues it feeds. Never its words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dialogue.followers import better_questions
from dialogue.followers.better_questions import BetterFigures
from dialogue.history import issue_events, receipt_story
from dialogue.history.issue_events import Event
from dialogue.history.receipt_story import Line
from dialogue.issues.quotes import PerspectiveLineage
from dialogue.models import Dialogue, Issue, IssuePerspective, ProposalPerspective, round_on
from ostberga.lib.privacy.codes import is_receipt_code
from ostberga.lib.privacy.rate_limit import count_event, is_within_limit
from ostberga.lib.refusal import Refusal
from surveys.collecting.receiving import receipt_hash
from surveys.models import Answer, Attachment, Interview, Perspective, Response, Statement, Wave
from surveys.rules.questions import QuestionKind

# A code is one of 2^50. With ten thousand receipts out and this many wrong guesses let through, finding one takes
# three hundred years. The number is for the whole site: counting by address would mean keeping addresses.
WRONG_GUESSES = 600
PER_SECONDS = 60


@dataclass(frozen=True)
class Feeds:
    """An issue that rests on what was said, and through which of its perspectives."""

    issue: Issue
    perspectives: tuple[Perspective, ...]
    since: tuple[Line, ...] = ()  # what has happened after she spoke
    is_closed: bool = False  # those who asked have their answer


@dataclass(frozen=True)
class Outcome:
    """What a receipt shows."""

    wave: Wave
    is_interview: bool
    is_late: bool
    parts: int  # texts of one's own; ticked boxes are counted, not read
    parts_read: int
    feeds: tuple[Feeds, ...]
    is_begun: bool = False  # something of it is confirmed, though no whole text has been gone through

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
        """Some of it, but not all: one text of two, or a part of a long one."""
        return not self.was_read and (self.parts_read > 0 or self.is_begun)

    @property
    def dialogue(self) -> Dialogue | None:
        """The dialogue that the form belongs to."""
        about = self.wave.survey.dialogues.select_related("collaboration", "guiding_question")
        return about.order_by("-is_current", "-pk").first()


def look_up(typed: str) -> Outcome | None:
    """The outcome behind a code as somebody typed it. Raises Refusal when too many wrong codes were tried."""
    if not is_receipt_code(typed):
        return None
    if not is_within_limit("receipt-guesses", at_most=WRONG_GUESSES, seconds=PER_SECONDS):
        raise Refusal(
            "Många koder har provats den senaste minuten. Vänta en minut och försök igen.", code="too_many_guesses"
        )
    found = outcome_of(typed)
    if found is None:
        count_event("receipt-guesses", seconds=PER_SECONDS)
    return found


def outcome_of(code: str) -> Outcome | None:
    """The outcome behind a code, whether it came from a form or from the slip of a conversation."""
    mark = receipt_hash(code)
    related = "wave__survey__collaboration"
    response = Response.objects.select_related(related).filter(receipt_hash=mark).first()
    if response is not None:
        return _of_response(response)
    interview = Interview.objects.select_related(related).filter(receipt_hash=mark).first()
    return None if interview is None else _of_interview(interview)


def _of_response(response: Response) -> Outcome:
    texts = Answer.objects.filter(response=response, question__kind=QuestionKind.FREE_TEXT).exclude(text="")
    statements = Statement.objects.publishable().filter(answer__response=response)
    return Outcome(
        wave=response.wave,
        is_interview=False,
        is_late=response.is_late,
        parts=texts.count(),
        parts_read=texts.filter(coded_at__isnull=False).count(),
        feeds=_feeds(response.wave, statements),
        is_begun=statements.exists(),
    )


def _of_interview(interview: Interview) -> Outcome:
    statements = Statement.objects.publishable().filter(interview=interview)
    return Outcome(
        wave=interview.wave,
        is_interview=True,
        is_late=False,
        parts=1,
        parts_read=int(interview.coded_at is not None),
        feeds=_feeds(interview.wave, statements),
        is_begun=statements.exists(),
    )


def _feeds(wave: Wave, statements: Iterable[Statement]) -> tuple[Feeds, ...]:
    """Public issues that rest on what was said, or have a proposal about it, and what has come of them since.

    Perspectives that have gone up into each other, or were split after a proposal was written, are followed.
    """
    lineage = PerspectiveLineage(wave.survey.collaboration)
    attached = Attachment.objects.current().filter(statement__in=statements)
    said = set(lineage.current_keys(attached.values_list("perspective", flat=True)))
    hers = _touched(lineage, said)
    issues = Issue.objects.public().filter(pk__in=hers).select_related("dialogue__collaboration")
    found = list(issues.order_by("position", "pk"))
    happened = issue_events.of(found, lineage)
    told = {
        one.pk: receipt_story.lines(happened[one.pk], hers[one.pk], _since(wave, happened[one.pk])) for one in found
    }
    figures = better_questions.figures_by_activity(
        [line.event.activity.pk for its in told.values() for line in its if line.event.activity]
    )
    return tuple(
        Feeds(
            issue,
            lineage.current_perspectives(hers[issue.pk]),
            tuple(_with_figures(line, figures) for line in told[issue.pk]),
            is_closed=_is_closed(happened[issue.pk]),
        )
        for issue in found
    )


def _with_figures(line: Line, figures: Mapping[int, BetterFigures]) -> Line:
    """An activity that is over, with what those who follow the issue said of it."""
    activity = line.event.activity
    return replace(line, better=figures.get(activity.pk)) if activity and line.is_over else line


def _touched(lineage: PerspectiveLineage, said: set[int]) -> dict[int, set[int]]:
    """The issues that some of these perspectives have a part in, and which of them."""
    found: dict[int, set[int]] = defaultdict(set)
    links = IssuePerspective.objects.filter(issue__dialogue__collaboration=lineage.collaboration)
    for issue, perspective in links.values_list("issue", "perspective"):
        found[issue].update(said.intersection(lineage.current_keys([perspective])))
    sides = ProposalPerspective.objects.filter(
        proposal__issue__dialogue__collaboration=lineage.collaboration, proposal__stands_since__isnull=False
    )
    for issue, perspective, at in sides.values_list("proposal__issue", "perspective", "proposal__written_at"):
        found[issue].update(said.intersection(lineage.current_keys_since(perspective, at)))
    return {issue: its for issue, its in found.items() if its}


def _is_closed(happened: list[Event]) -> bool:
    rounds = [event.round for event in happened if event.kind == "round"]
    return bool(rounds) and max(rounds, key=lambda one: one.number).is_closed


def _since(wave: Wave, happened: list[Event]) -> dt.date:
    """Only what came after she could speak: her time of answering, in the round of the issue that it reaches into."""
    rounds = [event.round for event in happened if event.kind == "round"]
    return max(wave.opens_on, round_on(rounds, wave.closes_on).started_on) if rounds else wave.opens_on
