"""Stores a submitted response idempotently, without anything that identifies the sender."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from ostberga.lib.coarse_dates import week_of
from ostberga.lib.privacy.codes import fingerprint, normalise_code, receipt_code
from ostberga.lib.privacy.encrypted import encrypt
from surveys.batching import blank_counts
from surveys.models import AnswerImport, Channel, Response, Wave
from surveys.rules.questions import AnswerValue

# One SQL statement, so one transaction and one round trip: many people may submit at the same time, and the ORM took
# several times as long. EncryptedTextField is bypassed, so the text is encrypted here. Of two identical submissions
# at once, the second waits at the unique index and then inserts nothing.
# The channel is read, and held, by the statement itself: made a small place a moment ago, it is not stored.
_COLUMNS = (
    *("id", "wave_id", "entry", "language"),
    *("received_on", "is_late", "submission_hash", "receipt_hash", "imported_in_id", "note"),
)
_SQL = f"""
    WITH place AS (
      SELECT id FROM surveys_channel WHERE id = %s AND NOT is_small FOR SHARE
    ), response AS (
      INSERT INTO surveys_response (channel_id, {", ".join(_COLUMNS)})
      VALUES ((SELECT id FROM place), {", ".join(["%s"] * len(_COLUMNS))})
      ON CONFLICT DO NOTHING RETURNING id, channel_id
    ), answers AS (
      INSERT INTO surveys_answer (id, response_id, question_id, text, choices)
      SELECT answer.id, response.id, answer.question, answer.text, answer.choices
      FROM response, UNNEST(%s::uuid[], %s::bigint[], %s::text[], %s::jsonb[]) AS answer (id, question, text, choices)
    )
    SELECT count(*), bool_or(channel_id IS NULL) FROM response
"""  # noqa: S608 - only names from this module


@dataclass(frozen=True)
class Receipt:
    """The receipt of a stored response."""

    code: str
    is_new: bool  # False when the same submission was already stored
    is_late: bool
    is_blank: bool  # whether it was stored now, without its channel


def receive(
    *,
    wave: Wave,
    submission: UUID,
    channel: Channel,
    language: str,
    entry: str = Response.Entry.WEB,
    answers: Mapping[int, AnswerValue],
    on: dt.date | None = None,
    imported_in: AnswerImport | None = None,
    receipt: str = "",
    note: str = "",
) -> Receipt:
    """Store a response, idempotently per submission key and content. `answers` are keyed by question key.

    The same key with other answers is another response: at a kiosk the next person may go back and use the same page.
    After the wave has closed it is stored as late. Of `on`, the day it came (default today), the week is stored. An
    import counts what has no channel at its end. `receipt` is a code that the person has got already.
    """
    code, on = normalise_code(receipt) or receipt_code_of(submission, answers), on or timezone.localdate()
    is_blank = _is_blank(channel, imported_in)
    response = Response(
        wave=wave,
        channel_id=None if is_blank else channel.pk,
        entry=entry,
        language=language,
        received_on=week_of(on),
        is_late=not wave.accepts_answers_on(on),
        submission_hash=submission_hash(submission, answers),
        receipt_hash=receipt_hash(code),
        imported_in=imported_in,
        note=encrypt(note) if note else "",  # the statement below takes it as it is stored
    )
    with transaction.atomic() if is_blank else nullcontext():
        is_new, is_stored_blank = _insert_and_count(response, answers, channel)
    return Receipt(code, is_new, response.is_late, is_stored_blank)


def _insert_and_count(response: Response, answers: Mapping[int, AnswerValue], channel: Channel) -> tuple[bool, bool]:
    """As `_insert`; a response without its channel is counted on it, unless its import counts."""
    is_new, is_stored_blank = _insert(response, answers)
    if is_stored_blank and response.imported_in is None:
        blank_counts.count_blank(channel, response.wave)
    return is_new, is_stored_blank


def receipt_code_of(submission: UUID, answers: Mapping[int, AnswerValue]) -> str:
    """Return the receipt code of a submission, whether or not it has been stored."""
    return receipt_code(settings.RECEIPT_KEY, submission.bytes, _digest(answers))


def _is_blank(channel: Channel, imported_in: AnswerImport | None) -> bool:
    return imported_in.is_blank if imported_in else blank_counts.is_left_blank(channel)


def submission_hash(submission: UUID, answers: Mapping[int, AnswerValue]) -> str:
    """Return the hash of a submission's key and content. The dry run of an import uses it to find stored rows."""
    return fingerprint(settings.RECEIPT_KEY, f"{submission.hex}:{_digest(answers).hex()}")


def receipt_hash(code: str) -> str:
    """Return the hash stored instead of a receipt code, also for interviews. The code is normalised first."""
    return fingerprint(settings.RECEIPT_KEY, normalise_code(code))


def _insert(response: Response, answers: Mapping[int, AnswerValue]) -> tuple[bool, bool]:
    """Insert the response and its answers. Return whether it was new, and if so whether it has no channel."""
    rows = [(uuid4(), question, *_encrypted(answer)) for question, answer in answers.items()]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [response.channel_id, *(getattr(response, name) for name in _COLUMNS), *columns])
        number, is_blank = cursor.fetchone()
    is_new = number == 1
    if not is_new and not Response.objects.filter(submission_hash=response.submission_hash).exists():
        # Two submissions got the same receipt code: extremely unlikely, but the answer must not be lost silently.
        raise IntegrityError("receipt code taken by another answer")
    return is_new, bool(is_blank)


def _encrypted(answer: AnswerValue) -> tuple[str, str]:
    return encrypt(answer.text) if answer.text else "", json.dumps(answer.choices)


def _digest(answers: Mapping[int, AnswerValue]) -> bytes:
    plain = [[question, answer.text, list(answer.choices)] for question, answer in sorted(answers.items())]
    return hashlib.sha256(json.dumps(plain).encode()).digest()
