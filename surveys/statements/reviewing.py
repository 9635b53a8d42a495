"""Reviewing a statement: confirming its masked text, quarantining it, setting it aside and reopening it."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from actors.models import User
from actors.rules.rights import CODE
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from ostberga.lib.translations.languages import SOURCE
from surveys.models import CodingEvent, Statement
from surveys.redaction.review import blocking_findings, explain_findings, is_altered
from surveys.redaction.segments import remaining_text
from surveys.rules.roles import AgeBand, Role
from surveys.statements.cutting import TYPED_TEXT_KEPT, record_event
from surveys.statements.sources import cut_spans, source_of

Verb = CodingEvent.Verb
State = Statement.State
STATE_PHRASES = {
    State.CONFIRMED: "bekräftade utsagan",
    State.QUARANTINED: "lade utsagan i karantän",
    State.SET_ASIDE: "lade utsagan åt sidan",
    State.RAW: "öppnade utsagan igen",
}


@dataclass(frozen=True)
class Review:
    """A reviewer's decision about a statement: masked text, translation, and role and age band of the speaker."""

    text: str
    translation: str = ""
    translation_is_machine: bool = False
    language: str = SOURCE
    role: str = Role.UNKNOWN
    age_band: str = AgeBand.UNKNOWN
    kept: frozenset[str] = field(default_factory=frozenset)  # findings that may stay


@transaction.atomic
def confirm(
    *, statement: Statement, review: Review, by: User, seen: str | None = None, at: dt.datetime | None = None
) -> Statement:
    """Confirm that the masked text may be read by others. Raises Refusal while it has blocking findings.

    `seen` is `Statement.version` when the page was opened; Refusal if it has changed since."""
    _lock(statement, by, seen)
    _check_review(review)
    moment, before = at or timezone.now(), statement.state
    raw_is_gone = not statement.raw_text
    statement.is_altered = (statement.is_altered and raw_is_gone) or is_altered(statement.raw_text, review.text)
    statement.text, statement.translation = review.text.strip(), review.translation.strip()
    statement.translation_is_machine = bool(statement.translation) and review.translation_is_machine
    statement.translated_by = by if statement.translation else None
    statement.language, statement.role, statement.age_band = review.language, review.role, review.age_band
    _set_state(statement, State.CONFIRMED, by, moment)
    record_event(statement, Verb.CONFIRM, by, moment, before=before)
    return statement


@transaction.atomic
def quarantine(
    *, statement: Statement, note: str, by: User, seen: str | None = None, at: dt.datetime | None = None
) -> Statement:
    """Quarantine a statement (a threat or a child at risk). Requires a note about what was done."""
    _lock(statement, by, seen)
    if not note.strip():
        raise Refusal("Skriv varför utsagan läggs i karantän och vad som har gjorts.", code="note_missing")
    return _keep_back(statement, State.QUARANTINED, note=note, by=by, at=at)


@transaction.atomic
def set_aside(
    *, statement: Statement, note: str = "", by: User, seen: str | None = None, at: dt.datetime | None = None
) -> Statement:
    """Set a statement aside, when it contains no idea."""
    _lock(statement, by, seen)
    return _keep_back(statement, State.SET_ASIDE, note=note, by=by, at=at)


@transaction.atomic
def reopen(*, statement: Statement, by: User, seen: str | None = None) -> Statement:
    """Return a statement to review; nobody outside the team may read it until confirmed again."""
    _lock(statement, by, seen)
    moment, before = timezone.now(), statement.state
    _set_state(statement, State.RAW, by, moment)
    record_event(statement, Verb.REOPEN, by, moment, before=before)
    return statement


def update_read_mark(statement: Statement) -> None:
    """Update whether the source is gone through: an answer is when all its parts are reviewed."""
    source = source_of(statement)
    statements = list(source.statements)
    if any(statement_of_source.state == State.RAW for statement_of_source in statements):
        source.mark_read(None)
    elif source.is_answer and not source.is_read and not remaining_text(source.text, cut_spans(statements)):
        source.mark_read(timezone.now())


def bump_if_attached(statement: Statement) -> None:
    """Invalidate cached public pages if the statement is attached to a perspective."""
    if statement.attachments.current().exists():
        statement.wave.survey.collaboration.bump_public_version()


def _keep_back(
    statement: Statement, state: Statement.State, *, note: str, by: User, at: dt.datetime | None
) -> Statement:
    moment, before = at or timezone.now(), statement.state
    statement.state_note = note.strip() or statement.state_note
    _set_state(statement, state, by, moment)
    verb = Verb.QUARANTINE if state == State.QUARANTINED else Verb.SET_ASIDE
    record_event(statement, verb, by, moment, before=before)
    return statement


def _set_state(statement: Statement, state: Statement.State, by: User, moment: dt.datetime) -> None:
    was_public = statement.is_publishable
    statement.state, statement.reviewed_by, statement.reviewed_at = state, by, moment
    statement.save()
    update_read_mark(statement)
    if was_public:
        # Even when it is not attached: an earlier report may still quote it.
        statement.wave.survey.collaboration.bump_public_version()
    elif statement.is_publishable:
        bump_if_attached(statement)


def _lock(statement: Statement, by: User, seen: str | None) -> None:
    """Lock the source and then the statement, always in that order.

    Raises Refusal if she may not code it, asked when nobody else holds it: her pile may have been taken back while she
    waited. And if it has changed since `seen`.
    """
    source_of(statement).locked()
    statement.refresh_from_db(from_queryset=Statement.objects.select_for_update(no_key=True, of=["self"]))
    require(by, CODE, statement)
    if seen is not None and seen != statement.version:
        who = statement.reviewed_by or "Någon annan"
        raise Refusal(f"{who} {STATE_PHRASES[State(statement.state)]} nyss. {TYPED_TEXT_KEPT}", code="came_second")


def _check_review(review: Review) -> None:
    if not review.text.strip():
        raise Refusal("Texten är tom. Lägg utsagan åt sidan om det inte finns någon tanke i den.", code="empty_text")
    if review.language != SOURCE and not review.translation.strip():
        raise Refusal("Skriv en svensk översättning innan du bekräftar.", code="translation_missing")
    why = explain_findings(
        blocking_findings(review.text, review.kept) + blocking_findings(review.translation, review.kept)
    )
    if why:
        raise Refusal(why, code="not_masked")
