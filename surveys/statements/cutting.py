"""Making statements from raw text: cutting, splitting, and marking a text as gone through."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.models import User
from actors.rules.rights import CODE
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from surveys.models import CodingEvent, Statement
from surveys.redaction.segments import CutSpan, TextPart, split_text
from surveys.statements.sources import Source, cut_spans

Verb = CodingEvent.Verb
State = Statement.State

MOST_PARTS = 100
TYPED_TEXT_KEPT = "Det du skrev står kvar här, så att du kan jämföra innan du läser om sidan."


@transaction.atomic
def cut_statement(*, source: Source, start: int, end: int, by: User, at: dt.datetime | None = None) -> Statement:
    """Make a statement of a marked part of the text. Raises Refusal if it is empty or overlaps another statement."""
    return Cutting(source, by=by, at=at).cut(start, end)


class Cutting:
    """One reading of a text, from which many statements are cut. In a transaction: the text is locked meanwhile."""

    def __init__(self, source: Source, *, by: User, at: dt.datetime | None = None) -> None:
        self._source, self._by, self._at = source.locked(), by, at
        require(by, CODE, self._source.row)
        self._taken = cut_spans(list(self._source.statements))

    def cut(self, start: int, end: int) -> Statement:
        """Make a statement of a marked part. Raises Refusal if it is empty or overlaps another statement."""
        text = self._source.text[max(start, 0) : end]
        begin = max(start, 0) + len(text) - len(text.lstrip())
        part = TextPart(text.strip(), begin, begin + len(text.strip()))
        if not part.text:
            raise Refusal("Markera först den text som ska bli en utsaga.", code="empty_cut")
        _refuse_overlap(self._taken, [part])
        statement = _create_statement(source=self._source, part=part, by=self._by, at=self._at)
        self._taken += cut_spans([statement])
        if self._source.is_read:
            self._source.mark_read(None)
        return statement


@transaction.atomic
def split_source(*, source: Source, written: str, by: User) -> list[Statement]:
    """Make a statement of each part of `written`, separated by empty lines or «---». Raises Refusal."""
    source = source.locked()
    require(by, CODE, source.row)
    parts = split_text(source.text, written)
    if not parts:
        raise Refusal("Skriv minst en del. Dela med en tom rad eller tre streck (---).", code="empty_cut")
    if len(parts) > MOST_PARTS:
        raise Refusal(f"{len(parts)} delar är för många. Dela i högst {MOST_PARTS} åt gången.", code="too_many_parts")
    _refuse_overlap(cut_spans(list(source.statements)), parts)
    statements = [_create_statement(source=source, part=part, by=by) for part in parts]
    source.mark_read(None)
    return statements


@transaction.atomic
def get_or_create_whole(*, source: Source, by: User) -> Statement:
    """Return the statement that is a whole answer: created now, or the existing one if it awaits review.

    Raises Refusal for conversations, and when somebody else has already worked on the answer."""
    source = source.locked()
    require(by, CODE, source.row)
    if not source.is_answer:
        raise Refusal("Klipp först ut en utsaga ur anteckningen.", code="nothing_cut")
    existing = list(source.statements)
    if not existing:
        return _create_statement(source=source, part=TextPart(source.text, 0, len(source.text)), by=by)
    if len(existing) == 1 and existing[0].state == State.RAW and existing[0].span_end == len(source.text):
        return existing[0]
    who = existing[0].reviewed_by or existing[0].created_by or "Någon annan"
    raise Refusal(f"{who} gick igenom svaret nyss. {TYPED_TEXT_KEPT}", code="came_second")


@transaction.atomic
def finish_source(*, source: Source, by: User, at: dt.datetime | None = None) -> None:
    """Mark the text as gone through. Raises Refusal while a statement of it awaits review."""
    source = source.locked()
    require(by, CODE, source.row)
    waiting = source.statements.awaiting_review().count()
    if waiting:
        left = "En utsaga är" if waiting == 1 else f"{waiting} utsagor är"
        raise Refusal(f"{left} inte granskad{'e' if waiting > 1 else ''} än. Bekräfta eller lägg undan först.")
    moment = at or timezone.now()
    source.mark_read(moment)
    CodingEvent.objects.create(
        collaboration=source.wave.survey.collaboration,
        verb=Verb.FINISH,
        by=by,
        at=moment,
        details={"kind": source.kind, "source": str(source.row.pk)},
    )


def _create_statement(*, source: Source, part: TextPart, by: User, at: dt.datetime | None = None) -> Statement:
    """Create a statement that awaits review, with the role and age band of the source where known."""
    moment = at or timezone.now()
    statement = Statement.objects.create(
        wave=source.wave,
        answer_id=source.row.pk if source.is_answer else None,
        interview_id=None if source.is_answer else source.row.pk,
        raw_text=part.text,
        language=source.language,
        role=source.likely_role,
        age_band=source.likely_age_band,
        created_by=by,
        created_on=timezone.localdate(moment),
        span_start=part.start,
        span_end=part.end,
    )
    record_event(statement, Verb.CUT, by, moment)
    return statement


def _refuse_overlap(taken: list[CutSpan], parts: list[TextPart]) -> None:
    for part in parts:
        if part.start is not None and any(part.start < span.end and span.start < (part.end or 0) for span in taken):
            raise Refusal("En del av det du markerade är redan en utsaga. Markera bara det som är kvar.", code="taken")


def record_event(statement: Statement, verb: str, by: User, at: dt.datetime, **details: str) -> None:
    """Note an act of coding about a statement."""
    collaboration = statement.wave.survey.collaboration
    CodingEvent.objects.create(
        collaboration=collaboration, verb=verb, statement=statement, by=by, at=at, details=details
    )
