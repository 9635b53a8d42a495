"""Asking for news by e-mail: put on a locked shelf at once, written to the database later by a shuffled batch.

An answer and a follower written one after the other would be neighbours in the database and could be paired. So a
request waits outside it, encrypted, until the next batch. What is left: who watches the server while it happens.
"""

import json
import logging
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

import redis
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actors.letters import outbox
from dialogue.models import Follower, Issue, Wish
from dialogue.models.following import DAYS_TO_CONFIRM
from ostberga.lib.privacy.encrypted import UnreadableText, decrypt, encrypt
from ostberga.lib.privacy.rate_limit import count, has_room
from ostberga.lib.refusal import Refusal

logger = logging.getLogger("ostberga.following")

WAITING = "ostberga:followers:waiting"
WRITING = "ostberga:followers:writing"
LOCK = "ostberga:followers:lock"
LOCK_SECONDS = 600
# For the whole site, so that nobody can use us to fill inboxes.
AT_MOST, PER_SECONDS = 300, 600


@dataclass(frozen=True)
class FollowRequest:
    """One person's wish for news."""

    email: str
    language: str
    wish: str
    issues: frozenset[int]


def request_to_follow(*, email: str, language: str, issues: Iterable[Issue], wish: str = Wish.EVERY) -> None:
    """Remember the wish until the next batch. Raises Refusal when it can not be kept now."""
    asked = {"email": email.lower(), "language": language, "wish": wish, "issues": [issue.pk for issue in issues]}
    plain = json.dumps(asked)
    try:
        if not has_room("follow", at_most=AT_MOST, seconds=PER_SECONDS):
            raise Refusal(_("Många vill följa frågor just nu. Försök igen om en kvart."), code="too_many")
        _shelf().lpush(WAITING, encrypt(plain))
        count("follow", seconds=PER_SECONDS)
    except redis.RedisError:
        raise Refusal(_("Vi kan inte ta emot adressen just nu. Försök igen om en stund."), code="no_shelf") from None


def write_waiting() -> int:
    """Write all that wait, in an order that says nothing; how many addresses it was.

    What is being written lies on a shelf of its own until the database has it, so a batch that dies is taken up by the
    next. Should it die just after, an address may get two letters; none is lost.
    """
    shelf = _shelf()
    lock = shelf.lock(LOCK, timeout=LOCK_SECONDS)
    if not lock.acquire(blocking=False):
        return 0
    try:
        while shelf.lmove(WAITING, WRITING):
            pass
        taken = [str(token) for token in shelf.lrange(WRITING, 0, -1)]
        written = _write(_gathered(taken))
        for token in taken:
            shelf.lrem(WRITING, 1, token)
        return written
    finally:
        lock.release()


def _gathered(taken: Iterable[str]) -> list[FollowRequest]:
    """One request for each address, shuffled. The newest is read first: its language and how much it wants count."""
    found: dict[str, FollowRequest] = {}
    for token in taken:
        try:
            asked = json.loads(decrypt(token))
        except UnreadableText:
            logger.error("a request to follow could not be read and was dropped: RAW_TEXT_KEYS has changed")
            continue
        new = FollowRequest(asked["email"], asked["language"], asked.get("wish", Wish.EVERY), frozenset())
        before = found.get(new.email, new)
        found[new.email] = replace(before, issues=before.issues | set(asked["issues"]))
    requests = list(found.values())
    random.SystemRandom().shuffle(requests)
    return requests


@transaction.atomic
def _write(requests: list[FollowRequest]) -> int:
    Follower.objects.never_confirmed(timezone.localdate()).delete()
    for request in requests:
        follower = Follower.at(request.email, language=request.language, wish=request.wish)
        issues = list(Issue.objects.public().filter(pk__in=request.issues))
        if issues and follower.ask_for(issues):
            _send_link(follower)
    return len(requests)


def _send_link(follower: Follower) -> None:
    asked = Issue.objects.filter(followed_by__follower=follower, followed_by__confirmed_on__isnull=True)
    waiting = list(asked.select_related("dialogue__collaboration"))
    with translation.override(follower.language):
        link = settings.SITE_URL + reverse("following", args=[follower.token])
        stop = settings.SITE_URL + reverse("following-stop", args=[follower.token])
    outbox.write(
        kind="follow",
        to=follower.email,
        template="follow",
        context={"link": link, "issues": waiting, "days": DAYS_TO_CONFIRM},
        language=follower.language,
        collaboration=waiting[0].dialogue.collaboration if waiting else None,
        unsubscribe=stop,
    )


def _shelf() -> redis.Redis:
    return redis.Redis.from_url(settings.CACHES["default"]["LOCATION"], decode_responses=True)
