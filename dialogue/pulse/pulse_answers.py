"""Answers to the pulse: they wait, sealed, until a batch writes them and deletes their links.

An answer and a deleted link in one transaction would share its number. So the batch rewrites both tables afterwards.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from dialogue.models import Pulse, PulseAnswer, PulseInvite
from dialogue.rules.pulse_questions import QUESTIONS, SCALE
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import token_hash
from surveys.batching import waiting
from surveys.batching.waiting import Body, Item

# The purpose of its secret links, and the kind of what waits.
LINK = KIND = "pulse"


def find_by_token(token: str, on: dt.date | None = None) -> Pulse | None:
    """The open pulse behind an unused link. Changes nothing."""
    on, hashed = on or timezone.localdate(), token_hash(LINK, token)
    pulses = Pulse.objects.filter(opens_on__lte=on, closes_on__gte=on, invites__token_hash=hashed)
    pulse = pulses.select_related("collaboration").first()
    return pulse if pulse is not None and not _is_waiting(hashed) else None


def answer(*, token: str, answers: Mapping[str, int], on: dt.date | None = None) -> None:
    """Let one person's answers wait for the next batch. Questions answered by «Vet inte» are left out of `answers`.

    Raises Refusal when the link is used or the pulse has closed.
    """
    if not all(key in QUESTIONS and value in SCALE for key, value in answers.items()):
        raise Refusal("Välj ett av svaren.", code="unknown_answer")
    with waiting.locked():
        pulse = find_by_token(token, on)
        if pulse is None:
            raise Refusal("Länken är redan använd, eller så har pulsen stängt.", code="gone")
        waiting.put(KIND, {"pulse": pulse.pk, "link": token_hash(LINK, token), "answers": dict(answers)})


def write(bodies: list[Body]) -> list[Item]:
    """Write the answers and delete their links. Nothing is left to wait. Pages tell a closed pulse's figures after it.

    Called by the batch, which rewrites both tables afterwards.
    """
    held = set(Pulse.objects.values_list("pk", flat=True))
    closed = Pulse.objects.filter(pk__in={body["pulse"] for body in bodies}, closes_on__lt=timezone.localdate())
    closed_now = list(closed.select_related("collaboration"))
    PulseAnswer.objects.bulk_create(
        PulseAnswer(pulse_id=body["pulse"], answers=body["answers"]) for body in bodies if body["pulse"] in held
    )
    PulseInvite.objects.filter(token_hash__in=[body["link"] for body in bodies]).delete()
    for pulse in closed_now:
        # Not in the batch, which keeps others from what waits: one who has the collaboration may be among them.
        transaction.on_commit(pulse.collaboration.bump_public_version, robust=True)
    return []


def list_waiting() -> set[int]:
    """Keys of the pulses with answers that wait for the batch: their figures would change by the last ones alone."""
    return {body["pulse"] for body in waiting.list_bodies(KIND)}


def _is_waiting(hashed: str) -> bool:
    return any(body["link"] == hashed for body in waiting.list_bodies(KIND))
