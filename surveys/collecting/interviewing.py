"""Registering and correcting conversations: place, language, people per role, and notes."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from actors.models import User
from actors.rules.rights import LEAD_CONVERSATIONS
from ostberga.lib.authorization import require
from ostberga.lib.privacy.codes import receipt_code
from surveys.collecting.receiving import receipt_hash
from surveys.models import Heard, Interview, Wave


@dataclass(frozen=True)
class RegisteredInterview:
    """A stored conversation, and the receipt code for the slip. The code itself is not stored."""

    interview: Interview
    code: str
    is_new: bool = True  # False when the same conversation was stored already


@transaction.atomic
def register_interview(
    *,
    wave: Wave,
    by: User,
    submission: UUID,
    mode: str,
    place: str,
    language: str,
    held_on: dt.date,
    heard: Mapping[str, int],
    notes: str,
) -> RegisteredInterview:
    """Store a conversation, idempotently per submission key and content. `heard` is persons per role.

    The same key with other content is another conversation: somebody may go back and reuse the page for the next one.
    """
    require(by, LEAD_CONVERSATIONS, wave)
    content = (wave.pk, mode, place, language, held_on.isoformat(), sorted(heard.items()), notes)
    code = receipt_code(settings.RECEIPT_KEY, submission.bytes, json.dumps(content))
    stored, is_new = Interview.objects.get_or_create(
        receipt_hash=receipt_hash(code),
        defaults={
            "wave": wave,
            "registered_by": by,
            "mode": mode,
            "place": place,
            "language": language,
            "held_on": held_on,
            "notes": notes,
        },
    )
    if is_new:
        _create_heard(stored, heard)
    return RegisteredInterview(stored, code, is_new)


@transaction.atomic
def correct_interview(
    *, interview: Interview, by: User, mode: str, place: str, language: str, held_on: dt.date, heard: Mapping[str, int]
) -> None:
    """Correct the details of a conversation. The notes cannot be changed."""
    interview = Interview.objects.select_for_update(no_key=True).get(pk=interview.pk)
    require(by, LEAD_CONVERSATIONS, interview)
    interview.mode, interview.place, interview.language, interview.held_on = mode, place, language, held_on
    interview.changed_by, interview.changed_on = by, timezone.localdate()
    interview.save(update_fields=["mode", "place", "language", "held_on", "changed_by", "changed_on"])
    interview.heard.all().delete()
    _create_heard(interview, heard)


def _create_heard(interview: Interview, heard: Mapping[str, int]) -> None:
    Heard.objects.bulk_create(
        Heard(interview=interview, role=role, number=number) for role, number in heard.items() if number
    )
