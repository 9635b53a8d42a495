"""What became of the answer behind a receipt code: whether it was read, which issues it feeds. Never its words."""

from collections.abc import Iterable
from dataclasses import dataclass

from dialogue.models import Dialogue, Issue, IssuePerspective
from ostberga.lib.buckets import count, has_room
from ostberga.lib.codes import is_receipt_code
from ostberga.lib.refusal import Refusal
from surveys.answering import receipt_hash
from surveys.lineage import roots
from surveys.models import Answer, Attachment, Interview, Perspective, Response, Statement, Wave
from surveys.questions import Kind

# A code is one of 2^50. With ten thousand receipts out and this many wrong guesses let through, finding one takes
# three hundred years. The number is for the whole site: counting by address would mean keeping addresses.
WRONG_GUESSES = 600
PER_SECONDS = 60


@dataclass(frozen=True)
class Feeds:
    """An issue that rests on what was said, and through which of its perspectives."""

    issue: Issue
    perspectives: tuple[Perspective, ...]


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
    if not has_room("receipt-guesses", at_most=WRONG_GUESSES, seconds=PER_SECONDS):
        raise Refusal(
            "Många koder har provats den senaste minuten. Vänta en minut och försök igen.", code="too_many_guesses"
        )
    found = outcome_of(typed)
    if found is None:
        count("receipt-guesses", seconds=PER_SECONDS)
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
    texts = Answer.objects.filter(response=response, question__kind=Kind.FREE_TEXT).exclude(text="")
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
    """Issues that rest on what was said, also where perspectives have gone up into each other on either side."""
    everyone = Perspective.objects.filter(collaboration=wave.survey.collaboration_id)
    now = roots(everyone.merges())
    attached = Attachment.objects.current().filter(statement__in=statements)
    said = {now[key] for key in attached.values_list("perspective", flat=True)}
    standing = everyone.standing().in_bulk(said)
    links = IssuePerspective.objects.filter(
        issue__in=Issue.objects.public(), perspective__in=[key for key, root in now.items() if root in standing]
    ).select_related("issue__dialogue__collaboration")
    gathered: dict[Issue, dict[Perspective, None]] = {}
    for link in links.order_by("issue__position", "issue__pk", "perspective__pk"):
        gathered.setdefault(link.issue, {})[standing[now[link.perspective_id]]] = None
    return tuple(Feeds(issue, tuple(its)) for issue, its in gathered.items())
