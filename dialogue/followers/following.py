"""Requests to follow issues by e-mail: they wait, sealed, until a batch writes them, and then one letter is sent.

An answer and a follower written one after the other could be paired in the database. So a request waits among decoys,
and each batch rewrites all followers. The letter that asks for confirmation is never stored: an outbox row would say
when she asked. What waits for it is her key, sealed like the rest.
"""

import random
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actors.letters import dead_addresses, smtp, unstored
from actors.rules.deliveries import DeliveryOutcome
from actors.rules.letter_hours import is_quiet
from dialogue.models import Follower, Issue, Wish
from ostberga.lib.locking import alone_at
from ostberga.lib.refusal import Refusal
from surveys.batching import waiting
from surveys.batching.waiting import Body, Item, TooMany

# The kinds of what waits: a request, and a follower whose letter has not gone.
KIND, LETTER = "follow", "follow-letter"
# Requests that may wait for one batch, for the whole site, so that nobody can use it to fill inboxes.
AT_MOST = 300
# A request for more issues than this is split, so that it fits its row.
ISSUES_A_ROW = 100
# A letter that does not go is tried for about four days, with growing pauses: so many batches of five minutes.
ATTEMPTS = 4 * 24 * 12
HOURLY_FROM = 12


@dataclass(frozen=True)
class FollowRequest:
    """What one address has asked to follow, and how much it wants to hear."""

    email: str
    language: str
    wish: str
    issues: frozenset[int]


def request_to_follow(*, email: str, language: str, issues: Iterable[Issue], wish: str = Wish.EVERY) -> None:
    """Let the request wait for the next batch. Raises Refusal when too many wait."""
    keys = sorted(issue.pk for issue in issues)
    for start in range(0, len(keys), ISSUES_A_ROW):
        chosen = {"wish": wish, "issues": keys[start : start + ISSUES_A_ROW]}
        try:
            waiting.put(KIND, {"email": email.lower(), "language": language, **chosen}, at_most=AT_MOST)
        except TooMany:
            raise Refusal(_("Många vill följa frågor just nu. Försök igen om en kvart."), code="too_many") from None


def write(bodies: list[Body]) -> list[Item]:
    """Write the requests to the database, and forget the addresses that never confirmed. Returns letters to be sent.

    Called by the batch, which rewrites all followers afterwards.
    """
    today = timezone.localdate()
    Follower.objects.never_confirmed(today).delete()
    Follower.objects.filter(told_on__lt=today).update(told_on=None)  # it would say that she came later than that day
    return [Item(LETTER, {"follower": str(pk), "attempts": 0}) for pk in _store(_merge_by_address(bodies))]


def send_letters() -> int:
    """Send the letters that ask for confirmation; how many went. One that does not go is tried after the next batch.

    Should the process die just after a letter has gone it is sent again, with the same Message-ID.
    """
    with alone_at(LETTER) as is_alone:
        return sum(_send_letter(body) for body in waiting.list_bodies(LETTER)) if is_alone else 0


def _store(requests: Iterable[FollowRequest]) -> Iterator[uuid.UUID]:
    """Write the requests; the keys of followers who must be asked to confirm."""
    for request in requests:
        dead_addresses.unmark(request.email)
        follower = Follower.at(request.email, language=request.language, wish=request.wish)
        issues = list(Issue.objects.public().filter(pk__in=request.issues))
        if issues and follower.ask_for(issues):
            yield follower.pk


def _merge_by_address(bodies: Iterable[Body]) -> list[FollowRequest]:
    """One request per address, shuffled. Of two that wait, any one's language and wish count: their order is lost."""
    requests: dict[str, FollowRequest] = {}
    for body in bodies:
        new = FollowRequest(body["email"], body["language"], body["wish"], frozenset())
        before = requests.get(new.email, new)
        requests[new.email] = replace(before, issues=before.issues | set(body["issues"]))
    shuffled = list(requests.values())
    random.SystemRandom().shuffle(shuffled)
    return shuffled


def _send_letter(body: Body) -> bool:
    follower = Follower.objects.filter(pk=body["follower"]).first()
    if follower is None:
        waiting.replace(LETTER, body, None)
        return False
    outcome = _ask_to_confirm(follower) if _is_due(body["attempts"]) else DeliveryOutcome.AWAY
    is_over = outcome in {DeliveryOutcome.SENT, DeliveryOutcome.NEVER} or body["attempts"] >= ATTEMPTS
    waiting.replace(LETTER, body, None if is_over else {**body, "attempts": body["attempts"] + 1})
    return outcome == DeliveryOutcome.SENT


def _is_due(batches: int) -> bool:
    """Whether it is tried now, after so many batches: at once, after 1, 2, 4, 8, then every hour; not at night."""
    is_its_turn = batches & (batches - 1) == 0 if batches < HOURLY_FROM else batches % HOURLY_FROM == 0
    if not is_its_turn or (batches and is_quiet(timezone.now())):
        return False
    return smtp.breaker.lets_through()  # asked last: it lets one through each half minute


def _ask_to_confirm(follower: Follower) -> DeliveryOutcome:
    unconfirmed = Issue.objects.filter(followed_by__follower=follower, followed_by__confirmed_on__isnull=True)
    issues = list(unconfirmed.select_related("dialogue__collaboration"))
    with translation.override(follower.language):
        token = follower.renew_link()
        link = settings.SITE_URL + reverse("following", args=[token])
        stop = settings.SITE_URL + reverse("following-stop", args=[token])
    return unstored.send(
        key=uuid.uuid5(follower.pk, f"{follower.asked_on}:{follower.letters}"),
        kind="follow",
        to=follower.email,
        template="follow",
        context={"link": link, "issues": issues},
        language=follower.language,
        collaboration=issues[0].dialogue.collaboration if issues else None,
        unsubscribe=stop,
    )
