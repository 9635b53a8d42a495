"""An answer comes in: stored once, however often the phone sends it, with nothing that says who sent it."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from ostberga.lib.privacy.codes import fingerprint, normalise_code, receipt_code
from ostberga.lib.privacy.encrypted import encrypt
from surveys.models import Channel, Response, Wave
from surveys.rules.questions import AnswerValue

# One sentence, so one transaction and one trip to the database: this is the one place that many people may use at the
# same time, and through the models it took several times as long. EncryptedTextField does not see this text, so it is
# locked here. Two that arrive at once meet at the unique index: the second waits, and then adds nothing.
_COLUMNS = (
    *("id", "wave_id", "channel_id", "entry", "language"),
    *("received_on", "is_late", "submission_hash", "receipt_hash"),
)
_SENTENCE = f"""
    WITH response AS (
      INSERT INTO surveys_response ({", ".join(_COLUMNS)}) VALUES ({", ".join(["%s"] * len(_COLUMNS))})
      ON CONFLICT DO NOTHING RETURNING id
    ), answers AS (
      INSERT INTO surveys_answer (id, response_id, question_id, text, choices)
      SELECT answer.id, response.id, answer.question, answer.text, answer.choices
      FROM response, UNNEST(%s::uuid[], %s::bigint[], %s::text[], %s::jsonb[]) AS answer (id, question, text, choices)
    )
    SELECT count(*) FROM response
"""  # noqa: S608 - only names from this module


@dataclass(frozen=True)
class Receipt:
    """What the person who answered takes with her."""

    code: str
    is_new: bool  # False when the same sending had already arrived
    is_late: bool


def receive(
    *,
    wave: Wave,
    submission: UUID,
    channel: Channel,
    language: str,
    entry: str = Response.Entry.WEB,
    answers: Mapping[int, AnswerValue],
    on: dt.date | None = None,
) -> Receipt:
    """Store one person's answers once, however often the phone sends them. `answers` are keyed by question.

    The same key with other answers is another answer: at a kiosk the next person may go Back and use the same page.
    An answer that comes after the wave has closed is kept and marked as late. `on` is the day it came, if not today.
    """
    content = _digest(answers)
    code = receipt_code(settings.RECEIPT_KEY, submission.bytes, content)
    response = Response(
        wave_id=wave.pk,
        channel_id=None if channel.is_small else channel.pk,
        entry=entry,
        language=language,
        received_on=on or timezone.localdate(),
        is_late=not wave.accepts_answers_on(on or timezone.localdate()),
        submission_hash=submission_hash(submission, answers),
        receipt_hash=receipt_hash(code),
    )
    is_new = _store(response, answers)
    if is_new and channel.is_small:
        # After the answer's own transaction, so that the two rows do not carry the same transaction number.
        transaction.on_commit(partial(_count, channel.pk))
    return Receipt(code, is_new, response.is_late)


def submission_hash(submission: UUID, answers: Mapping[int, AnswerValue]) -> str:
    """What makes a sending itself: its key and what it says. A dry run of an import looks for it."""
    return fingerprint(settings.RECEIPT_KEY, f"{submission.hex}:{_digest(answers).hex()}")


def receipt_hash(code: str) -> str:
    """What is stored instead of a receipt code, however the code was typed. Interviews' slips use the same."""
    return fingerprint(settings.RECEIPT_KEY, normalise_code(code))


def _store(response: Response, answers: Mapping[int, AnswerValue]) -> bool:
    """Whether it was new."""
    rows = [(uuid4(), question, *_locked(answer)) for question, answer in answers.items()]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
    with connection.cursor() as cursor:
        cursor.execute(_SENTENCE, [*(getattr(response, name) for name in _COLUMNS), *columns])
        is_new: bool = cursor.fetchone() == (1,)
    if not is_new and not Response.objects.filter(submission_hash=response.submission_hash).exists():
        # Two sendings with one receipt code: once in a million billion, but then nothing may be lost in silence.
        raise IntegrityError("receipt code taken by another answer")
    return is_new


def _locked(answer: AnswerValue) -> tuple[str, str]:
    return encrypt(answer.text) if answer.text else "", json.dumps(answer.choices)


def _digest(answers: Mapping[int, AnswerValue]) -> bytes:
    plain = [[question, answer.text, list(answer.choices)] for question, answer in sorted(answers.items())]
    return hashlib.sha256(json.dumps(plain).encode()).digest()


def _count(channel: int) -> None:
    Channel.objects.filter(pk=channel).update(counted=F("counted") + 1)
