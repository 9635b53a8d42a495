"""Answers to «Har det blivit bättre?» ("Did it get better?"): queued encrypted in Redis, written by shuffled batches.

An answer and the mark that its link is used, written in one transaction, could be paired there. So an answer waits
outside the database until as many have answered as figures need, or until the time is over; then answers and used
links are written together, each in an order of its own. When the question closes its links are deleted. A known limit:
somebody who watches the server at that moment sees who answered what.
"""

import logging
import random

from django.db import transaction
from django.utils.translation import gettext as _
from redis import RedisError

from dialogue.followers import encrypted_queue
from dialogue.followers.better_questions import MIN_ANSWERS, hash_token
from dialogue.models import BetterAnswer, BetterInvite, BetterQuestion
from ostberga.lib.privacy.encrypted import UnreadableText
from ostberga.lib.refusal import Refusal

logger = logging.getLogger("ostberga.better")

KEY_PREFIX = "ostberga:better:"


def find_by_token(token: str) -> BetterQuestion | None:
    """The question behind an unused link, while it may be answered. Raises Refusal when the queue is away."""
    unused = BetterInvite.objects.filter(token_hash=hash_token(token), is_used=False)
    invite = unused.select_related("question__activity__issue__dialogue__collaboration").first()
    if invite is None or invite.question.is_closed or _is_waiting(invite):
        return None
    return invite.question


def answer(*, question: BetterQuestion, token: str, answer: str, words: str = "") -> None:
    """Queue an answer until the next batch. Raises Refusal when the link was used in the same moment."""
    row = {"answer": answer, "words": words.strip()}
    try:
        is_first = encrypted_queue.put_once(_key(question.pk), hash_token(token), row)
    except RedisError:
        raise _queue_away() from None
    if not is_first:
        raise Refusal(_("Länken är redan använd. Ditt första svar räknas."), code="used")


def write_waiting() -> int:
    """Write the answers of each question that enough have answered, or whose time is over; how many answers it was.

    A batch that dies after the database has it does no harm: links that are used are not counted again.
    """
    written = 0
    for question in BetterQuestion.objects.filter(invites__isnull=False).distinct():
        waiting = encrypted_queue.sealed_rows(_key(question.pk))
        if len(waiting) >= MIN_ANSWERS or question.is_closed:
            written += _write(question, waiting)
            encrypted_queue.delete_fields(_key(question.pk), waiting)
    return written


@transaction.atomic
def _write(question: BetterQuestion, waiting: dict[str, str]) -> int:
    links = BetterInvite.objects.select_for_update().filter(question=question, is_used=False, token_hash__in=waiting)
    fresh = list(links.order_by("pk"))  # the keys are random, so the order tells nothing
    answers = [answer for link in fresh if (answer := _read(question, waiting[link.token_hash]))]
    random.SystemRandom().shuffle(answers)
    BetterAnswer.objects.bulk_create(answers)
    links.update(is_used=True)
    if question.is_closed:
        question.invites.all().delete()
        question.activity.dialogue.collaboration.bump_public_version()
    return len(answers)


def _read(question: BetterQuestion, sealed: str) -> BetterAnswer | None:
    try:
        return BetterAnswer(question=question, **encrypted_queue.unseal(sealed))
    except UnreadableText:
        logger.error("an answer could not be read and was dropped: RAW_TEXT_KEYS has changed")
        return None


def _is_waiting(invite: BetterInvite) -> bool:
    try:
        return encrypted_queue.has_field(_key(invite.question_id), invite.token_hash)
    except RedisError:
        raise _queue_away() from None


def _key(question_pk: int) -> str:
    return f"{KEY_PREFIX}{question_pk}"


def _queue_away() -> Refusal:
    return Refusal(_("Vi kan inte ta emot svaret just nu. Försök igen om en stund."), code="no_shelf")
