"""Requests to follow issues by e-mail: queued encrypted in Redis, written to the database by a shuffled batch.

An answer and a follower written one after the other would be neighbours in the database and could be paired. So a
request waits outside it until the next batch. A known limit: somebody who watches the server at that moment sees both.
"""

import logging
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from redis import RedisError

from actors.letters import outbox
from dialogue.followers import encrypted_queue
from dialogue.models import Follower, Issue, Wish
from dialogue.models.following import DAYS_TO_CONFIRM
from ostberga.lib.privacy.encrypted import UnreadableText
from ostberga.lib.privacy.rate_limit import count_event, is_within_limit
from ostberga.lib.refusal import Refusal

logger = logging.getLogger("ostberga.following")

WAITING = "ostberga:followers:waiting"
WRITING = "ostberga:followers:writing"
LOCK = "ostberga:followers:lock"
LOCK_SECONDS = 600
# For the whole site, so that nobody can use it to fill inboxes.
AT_MOST, PER_SECONDS = 300, 600


@dataclass(frozen=True)
class FollowRequest:
    """What one address has asked to follow, and how much it wants to hear."""

    email: str
    language: str
    wish: str
    issues: frozenset[int]


def request_to_follow(*, email: str, language: str, issues: Iterable[Issue], wish: str = Wish.EVERY) -> None:
    """Queue the request until the next batch. Raises Refusal when too many ask, or when the queue is away."""
    row = {"email": email.lower(), "language": language, "wish": wish, "issues": [issue.pk for issue in issues]}
    try:
        if not is_within_limit("follow", at_most=AT_MOST, seconds=PER_SECONDS):
            raise Refusal(_("Många vill följa frågor just nu. Försök igen om en kvart."), code="too_many")
        encrypted_queue.push(WAITING, row)
        count_event("follow", seconds=PER_SECONDS)
    except RedisError:
        raise Refusal(_("Vi kan inte ta emot adressen just nu. Försök igen om en stund."), code="no_shelf") from None


def write_waiting() -> int:
    """Write the queued requests to the database in random order; how many addresses it was.

    A batch that dies is taken up by the next. Should it die just after the database has it, an address may get two
    letters; none is lost.
    """
    with encrypted_queue.batch(WAITING, WRITING, lock=LOCK, lock_seconds=LOCK_SECONDS) as sealed:
        return 0 if sealed is None else _write(_merge_by_address(sealed))


def _merge_by_address(sealed: Iterable[str]) -> list[FollowRequest]:
    """One request per address, shuffled. The newest comes first: its language and how much it wants count."""
    requests: dict[str, FollowRequest] = {}
    for row in sealed:
        try:
            typed = encrypted_queue.unseal(row)
        except UnreadableText:
            logger.error("a request to follow could not be read and was dropped: RAW_TEXT_KEYS has changed")
            continue
        new = FollowRequest(typed["email"], typed["language"], typed.get("wish", Wish.EVERY), frozenset())
        before = requests.get(new.email, new)
        requests[new.email] = replace(before, issues=before.issues | set(typed["issues"]))
    shuffled = list(requests.values())
    random.SystemRandom().shuffle(shuffled)
    return shuffled


@transaction.atomic
def _write(requests: list[FollowRequest]) -> int:
    Follower.objects.never_confirmed(timezone.localdate()).delete()
    for request in requests:
        follower = Follower.at(request.email, language=request.language, wish=request.wish)
        issues = list(Issue.objects.public().filter(pk__in=request.issues))
        if issues and follower.ask_for(issues):
            _send_confirmation_link(follower)
    return len(requests)


def _send_confirmation_link(follower: Follower) -> None:
    unconfirmed = Issue.objects.filter(followed_by__follower=follower, followed_by__confirmed_on__isnull=True)
    waiting = list(unconfirmed.select_related("dialogue__collaboration"))
    with translation.override(follower.language):
        token = follower.renew_link()
        link = settings.SITE_URL + reverse("following", args=[token])
        stop = settings.SITE_URL + reverse("following-stop", args=[token])
    outbox.write(
        kind="follow",
        to=follower.email,
        template="follow",
        context={"link": link, "issues": waiting, "days": DAYS_TO_CONFIRM},
        language=follower.language,
        collaboration=waiting[0].dialogue.collaboration if waiting else None,
        unsubscribe=stop,
    )
