"""Answers to «Har det blivit bättre?»: put on a locked shelf at once, written to the database by shuffled batches.

An answer and the mark that its link is used, written in one transaction, could be paired there. So an answer waits
outside the database, encrypted, until as many have answered as figures need, or until the time is over; then answers
and used links are written together, in orders of their own. When the question closes the links are thrown. What is
left: who watches the server while it happens.
"""

import json
import logging
import random

import redis
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from dialogue.followers.better_questions import MIN_ANSWERS, hash_token
from dialogue.models import BetterAnswer, BetterInvite, BetterQuestion
from ostberga.lib.privacy.encrypted import UnreadableText, decrypt, encrypt
from ostberga.lib.refusal import Refusal

logger = logging.getLogger("ostberga.better")

SHELF = "ostberga:better:"


def find_by_token(token: str) -> BetterQuestion | None:
    """The question behind a link that has not been used, while it may be answered. Raises Refusal without the shelf."""
    unused = BetterInvite.objects.filter(token_hash=hash_token(token), is_used=False)
    related = unused.select_related("question__activity__issue__dialogue__collaboration")
    found = related.first()
    if found is None or found.question.is_closed or _is_on_shelf(found):
        return None
    return found.question


def answer(*, question: BetterQuestion, token: str, answer: str, words: str = "") -> None:
    """Keep what somebody said until the next batch. Raises Refusal when the link was used in the same moment."""
    said = encrypt(json.dumps({"answer": answer, "words": words.strip()}))
    try:
        is_first = _shelf().hsetnx(f"{SHELF}{question.pk}", hash_token(token), said)
    except redis.RedisError:
        raise _away() from None
    if not is_first:
        raise Refusal(_("Länken är redan använd. Ditt första svar räknas."), code="used")


def write_waiting() -> int:
    """Write the answers of each question that enough have answered, or whose time is over; how many answers it was.

    A batch that dies after the database has it does no harm: links that are used are not counted again.
    """
    written = 0
    for question in BetterQuestion.objects.filter(invites__isnull=False).distinct():
        shelf, key = _shelf(), f"{SHELF}{question.pk}"
        waiting = {str(link): str(said) for link, said in shelf.hgetall(key).items()}
        if len(waiting) >= MIN_ANSWERS or question.is_closed:
            written += _write(question, waiting)
            if waiting:
                shelf.hdel(key, *waiting)
    return written


@transaction.atomic
def _write(question: BetterQuestion, waiting: dict[str, str]) -> int:
    links = BetterInvite.objects.select_for_update().filter(question=question, is_used=False, token_hash__in=waiting)
    fresh = list(links.order_by("pk"))  # random keys: an order that says nothing
    answers = [said for link in fresh if (said := _read(question, waiting[link.token_hash]))]
    random.SystemRandom().shuffle(answers)
    BetterAnswer.objects.bulk_create(answers)
    links.update(is_used=True)
    if question.is_closed:
        question.invites.all().delete()
        question.activity.dialogue.collaboration.bump_public_version()
    return len(answers)


def _read(question: BetterQuestion, said: str) -> BetterAnswer | None:
    try:
        return BetterAnswer(question=question, **json.loads(decrypt(said)))
    except UnreadableText:
        logger.error("an answer could not be read and was dropped: RAW_TEXT_KEYS has changed")
        return None


def _is_on_shelf(invite: BetterInvite) -> bool:
    try:
        return bool(_shelf().hexists(f"{SHELF}{invite.question_id}", invite.token_hash))
    except redis.RedisError:
        raise _away() from None


def _away() -> Refusal:
    return Refusal(_("Vi kan inte ta emot svaret just nu. Försök igen om en stund."), code="no_shelf")


def _shelf() -> redis.Redis:
    return redis.Redis.from_url(settings.CACHES["default"]["LOCATION"], decode_responses=True)
