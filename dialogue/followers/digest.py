"""Digests: letters to followers, at most one a day each, with all her news grouped by issue and newest first.

Followers are taken in portions. A portion's letters are saved together with how far each of its followers has been
told, so a run that is killed goes on where the last portion ended, and two at once share the work.
"""

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone, translation

from actors.letters import outbox
from actors.rules.letter_hours import is_quiet
from dialogue.followers import better_questions, news_items
from dialogue.followers.news_items import IssueNews
from dialogue.models import BetterInvite, BetterQuestion, Follower, News

PORTION = 200
# Sorts before the key of every follower.
FIRST_KEY = uuid.UUID(int=0)


def send_digests(now: dt.datetime | None = None) -> int:
    """Write to all followers who have news; how many letters it was. None during the quiet hours."""
    through = News.objects.aggregate(last=Max("pk"))["last"] or 0
    last: uuid.UUID | None = FIRST_KEY
    written = 0
    while last is not None and not is_quiet(now or timezone.now()):
        last, more = _send_portion(through, after=last, today=timezone.localdate(now))
        written += more
    return written


@transaction.atomic
def _send_portion(through: int, *, after: uuid.UUID, today: dt.date) -> tuple[uuid.UUID | None, int]:
    """Write to the next portion; the key of its last follower (None: there were no more) and the number of letters."""
    waiting = Follower.objects.to_tell(through, today).filter(pk__gt=after).order_by("pk")
    followers = list(waiting.select_for_update(skip_locked=True)[:PORTION])
    if not followers:
        return None, 0
    news = news_items.news_by_follower(followers, through)
    invites: list[BetterInvite] = []
    for follower in followers:
        if follower.pk in news:
            _write(follower, news[follower.pk], invites)
    random.SystemRandom().shuffle(invites)  # so that their order does not pair them with the letters
    BetterInvite.objects.bulk_create(invites)
    Follower.objects.filter(pk__in=[follower.pk for follower in followers]).update(told_through=through)
    Follower.objects.filter(pk__in=news).update(told_on=today)
    return followers[-1].pk, len(news)


def _write(follower: Follower, groups: tuple[IssueNews, ...], invites: list[BetterInvite]) -> None:
    with translation.override(follower.language):
        sections = [
            {
                "issue": group.issue,
                "link": _absolute_url(group.issue.get_absolute_url()),
                "lines": [*_lines(group, invites)],
            }
            for group in groups
        ]
        token = follower.renew_link()
        manage = _absolute_url(reverse("following", args=[token]))
        stop = _absolute_url(reverse("following-stop", args=[token]))
    outbox.write(
        kind="news",
        to=follower.email,
        template="news",
        context={"groups": sections, "manage": manage, "follower": follower},
        language=follower.language,
        collaboration=groups[0].issue.dialogue.collaboration,
        unsubscribe=stop,
    )


def _lines(group: IssueNews, invites: list[BetterInvite]) -> Iterator[dict[str, Any]]:
    """Each item with its link. A question gets a link of its own for each follower."""
    for item in group.items:
        path = _invite_path(item.question, invites) if item.question else item.path
        yield {"news": item, "link": _absolute_url(path) if path else ""}


def _invite_path(question: BetterQuestion, invites: list[BetterInvite]) -> str:
    token, invite = better_questions.build_invite(question)
    invites.append(invite)
    return reverse("better", args=[token])


def _absolute_url(path: str) -> str:
    return settings.SITE_URL + path
