"""Raw words become statements: cut out, masked, confirmed or kept back. Every act says who and when."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from actors.models import User
from ostberga.lib.refusal import Refusal
from surveys.models import CodingEvent, Statement
from surveys.redaction.review import is_altered, objection, still_there
from surveys.redaction.segments import Piece, pieces, remaining
from surveys.rules.roles import AgeBand, Language, Role
from surveys.statements.sources import Source, cuts, source_of

Verb = CodingEvent.Verb
State = Statement.State
DID = {
    State.CONFIRMED: "bekräftade utsagan",
    State.QUARANTINED: "lade utsagan i karantän",
    State.SET_ASIDE: "lade utsagan åt sidan",
    State.RAW: "öppnade utsagan igen",
}

_KEPT = "Det du skrev står kvar här, så att du kan jämföra innan du läser om sidan."


@dataclass(frozen=True)
class Review:
    """What a person decided about a statement: its masked words and who said it, in general terms."""

    text: str
    translation: str = ""
    translation_is_machine: bool = False
    language: str = Language.SWEDISH
    role: str = Role.UNKNOWN
    age_band: str = AgeBand.UNKNOWN
    kept: frozenset[str] = field(default_factory=frozenset)  # findings that may stay


@transaction.atomic
def add(
    *,
    source: Source,
    piece: Piece,
    by: User,
    role: str | None = None,
    age_band: str | None = None,
    at: dt.datetime | None = None,
) -> Statement:
    """A new statement, still to be reviewed. Who said it is taken from the source where that is known."""
    moment = at or timezone.now()
    statement = Statement.objects.create(
        wave=source.wave,
        answer_id=source.row.pk if source.is_answer else None,
        interview_id=None if source.is_answer else source.row.pk,
        raw_text=piece.text,
        language=source.language,
        role=source.likely_role if role is None else role,
        age_band=source.likely_age_band if age_band is None else age_band,
        created_by=by,
        created_on=timezone.localdate(moment),
        span_start=piece.start,
        span_end=piece.end,
    )
    _record(statement, Verb.CUT, by, moment)
    return statement


@transaction.atomic
def cut(*, source: Source, start: int, end: int, by: User, at: dt.datetime | None = None) -> Statement:
    """Make a statement of a marked part of the text. Raises Refusal if it is empty or already taken."""
    source = source.locked()
    text = source.text[max(start, 0) : end]
    begin = max(start, 0) + len(text) - len(text.lstrip())
    piece = Piece(text.strip(), begin, begin + len(text.strip()))
    if not piece.text:
        raise Refusal("Markera först den text som ska bli en utsaga.", code="empty_cut")
    _refuse_taken(source, [piece])
    statement = add(source=source, piece=piece, by=by, at=at)
    source.mark_read(None)
    return statement


@transaction.atomic
def split(*, source: Source, written: str, by: User) -> list[Statement]:
    """Make a statement of each part that a person divided by empty lines or «---»."""
    source = source.locked()
    parts = pieces(source.text, written)
    if not parts:
        raise Refusal("Skriv minst en del. Dela med en tom rad eller tre streck (---).", code="empty_cut")
    _refuse_taken(source, parts)
    made = [add(source=source, piece=part, by=by) for part in parts]
    source.mark_read(None)
    return made


@transaction.atomic
def whole(*, source: Source, by: User) -> Statement:
    """The one statement that is all of an answer: made now, or the one that is there waiting for review."""
    if not source.is_answer:
        raise Refusal("Klipp först ut en utsaga ur anteckningen.", code="nothing_cut")
    source = source.locked()
    there = list(source.statements)
    if not there:
        return add(source=source, piece=Piece(source.text, 0, len(source.text)), by=by)
    if len(there) == 1 and there[0].state == State.RAW and there[0].span_end == len(source.text):
        return there[0]
    who = there[0].reviewed_by or there[0].created_by or "Någon annan"
    raise Refusal(f"{who} gick igenom svaret nyss. {_KEPT}", code="came_second")


@transaction.atomic
def finish(*, source: Source, by: User, at: dt.datetime | None = None) -> None:
    """Say that all of the text has been gone through. Raises Refusal while a statement of it waits for review."""
    source = source.locked()
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


@transaction.atomic
def confirm(
    *, statement: Statement, review: Review, by: User, seen: str | None = None, at: dt.datetime | None = None
) -> Statement:
    """Say that the masked words may be read by others. Raises Refusal while something in them points someone out."""
    _lock(statement, seen)
    _insist(review)
    moment, before = at or timezone.now(), statement.state
    raw_is_gone = not statement.raw_text
    statement.is_altered = (statement.is_altered and raw_is_gone) or is_altered(statement.raw_text, review.text)
    statement.text, statement.translation = review.text.strip(), review.translation.strip()
    statement.translation_is_machine = bool(statement.translation) and review.translation_is_machine
    statement.translated_by = by if statement.translation else None
    statement.language, statement.role, statement.age_band = review.language, review.role, review.age_band
    _judge(statement, State.CONFIRMED, by, moment)
    _record(statement, Verb.CONFIRM, by, moment, before=before)
    return statement


@transaction.atomic
def quarantine(
    *, statement: Statement, note: str, by: User, seen: str | None = None, at: dt.datetime | None = None
) -> Statement:
    """Keep it from everybody outside the team: a threat, or a child at risk. The note says what was done about it."""
    if not note.strip():
        raise Refusal("Skriv varför utsagan läggs i karantän och vad som har gjorts.", code="note_missing")
    return _keep_back(statement, State.QUARANTINED, note=note, by=by, seen=seen, at=at)


@transaction.atomic
def set_aside(
    *, statement: Statement, note: str = "", by: User, seen: str | None = None, at: dt.datetime | None = None
) -> Statement:
    """Leave it out: empty words, or no idea in them."""
    return _keep_back(statement, State.SET_ASIDE, note=note, by=by, seen=seen, at=at)


@transaction.atomic
def reopen(*, statement: Statement, by: User, seen: str | None = None) -> Statement:
    """Take it back for a new review; from now on nobody else may read it."""
    _lock(statement, seen)
    moment, before = timezone.now(), statement.state
    _judge(statement, State.RAW, by, moment)
    _record(statement, Verb.REOPEN, by, moment, before=before)
    return statement


def settle(statement: Statement) -> None:
    """An answer is read when each part of it has been judged; a conversation when somebody says so."""
    source = source_of(statement)
    there = list(source.statements)
    if any(each.state == State.RAW for each in there):
        source.mark_read(None)
    elif source.is_answer and not source.is_read and not remaining(source.text, cuts(there)):
        source.mark_read(timezone.now())


def tell_public(statement: Statement) -> None:
    """What the public may read has changed, if the statement rests anywhere."""
    if statement.attachments.current().exists():
        statement.wave.survey.collaboration.bump_public_version()


def _keep_back(
    statement: Statement, state: Statement.State, *, note: str, by: User, seen: str | None, at: dt.datetime | None
) -> Statement:
    _lock(statement, seen)
    moment, before = at or timezone.now(), statement.state
    statement.state_note = note.strip() or statement.state_note
    _judge(statement, state, by, moment)
    verb = Verb.QUARANTINE if state == State.QUARANTINED else Verb.SET_ASIDE
    _record(statement, verb, by, moment, before=before)
    return statement


def _judge(statement: Statement, state: Statement.State, by: User, moment: dt.datetime) -> None:
    was_public = statement.is_publishable
    statement.state, statement.reviewed_by, statement.reviewed_at = state, by, moment
    statement.save()
    settle(statement)
    if was_public:
        # Wherever it rests today: a report made earlier may still show it as a quote.
        statement.wave.survey.collaboration.bump_public_version()
    elif statement.is_publishable:
        tell_public(statement)


def _lock(statement: Statement, seen: str | None) -> None:
    """Lock the raw text first and then the statement, always in that order; refuse if someone has been here since."""
    source_of(statement).locked()
    statement.refresh_from_db(from_queryset=Statement.objects.select_for_update(of=["self"]))
    if seen is not None and seen != statement.version:
        who = statement.reviewed_by or "Någon annan"
        raise Refusal(f"{who} {DID[State(statement.state)]} nyss. {_KEPT}", code="came_second")


def _insist(review: Review) -> None:
    if not review.text.strip():
        raise Refusal("Texten är tom. Lägg utsagan åt sidan om det inte finns någon tanke i den.", code="empty_text")
    if review.language != Language.SWEDISH and not review.translation.strip():
        raise Refusal("Skriv en svensk översättning innan du bekräftar.", code="translation_missing")
    why = objection(still_there(review.text, review.kept) + still_there(review.translation, review.kept))
    if why:
        raise Refusal(why, code="not_masked")


def _refuse_taken(source: Source, parts: list[Piece]) -> None:
    taken = cuts(list(source.statements))
    for part in parts:
        if part.start is not None and any(part.start < each.end and each.start < (part.end or 0) for each in taken):
            raise Refusal("En del av det du markerade är redan en utsaga. Markera bara det som är kvar.", code="taken")


def _record(statement: Statement, verb: str, by: User, at: dt.datetime, **details: str) -> None:
    collaboration = statement.wave.survey.collaboration
    CodingEvent.objects.create(
        collaboration=collaboration, verb=verb, statement=statement, by=by, at=at, details=details
    )
