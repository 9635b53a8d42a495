"""Which events are told to those who follow an issue: a move, a report, an answer, what is done, and the reply.

Told by a task some minutes later, all news to one address in one letter, each event once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from actors import letters
from dialogue.authority import Whole
from dialogue.models import (
    Activity,
    ActivityEvent,
    Decision,
    FollowedIssue,
    Follower,
    Issue,
    PublishedReport,
    StepChange,
)
from dialogue.progress import ENDS, State
from dialogue.staircase import Move, Step


@dataclass(frozen=True)
class News:
    """Something that happened to an issue, and the day it did."""

    issue: Issue
    on: dt.date
    step: Step | None = None  # the step it moved to
    report: PublishedReport | None = None
    decision: Decision | None = None  # a yes or a no
    activity: ActivityEvent | None = None
    reply: Mapping[str, str] | None = None  # what those who asked were answered, per language

    @property
    def path(self) -> str:
        """Where to read more, in the language that is active."""
        slug = self.issue.dialogue.collaboration.slug
        if self.report is not None:
            return reverse("reports:report", args=[slug, self.report.slug])
        if self.activity is not None:
            return reverse("dialogue:activity", args=[slug, self.activity.activity_id])
        return self.issue.get_absolute_url()


@transaction.atomic
def tell_followers() -> int:
    """Write to all who follow an issue with news; how many letters it was. Each event is told once."""
    news: list[News] = []
    for waiting, in_words in _KINDS:
        found = list(waiting().select_for_update(skip_locked=True, of=["self"]).filter(told_at__isnull=True))
        news += in_words(found)
        waiting().filter(pk__in=[one.pk for one in found]).update(told_at=timezone.now())
    return _write(news)


def _changes() -> QuerySet[StepChange]:
    changes = StepChange.objects.filter(from_step__isnull=False)
    return changes.select_related("round__issue__dialogue__collaboration")


def _moves(changes: Iterable[StepChange]) -> Iterator[News]:
    """A round that closes is told by its answer."""
    for change in changes:
        day = timezone.localdate(change.at)
        if change.move == Move.CLOSE:
            yield News(change.round.issue, day, reply=change.round.answer)
        else:
            yield News(change.round.issue, day, step=Step(change.to_step))


def _reports() -> QuerySet[PublishedReport]:
    standing = PublishedReport.objects.filter(withdrawn_at__isnull=True)
    return standing.select_related("dialogue__collaboration").prefetch_related("issues__dialogue__collaboration")


def _publications(reports: Iterable[PublishedReport]) -> Iterator[News]:
    for report in reports:
        for issue in report.issues.all():
            yield News(issue, timezone.localdate(report.published_at), report=report)


def _decisions() -> QuerySet[Decision]:
    settled = Decision.objects.filter(outcome__in=[Whole.IN_FORCE, Whole.REFUSED])
    return settled.prefetch_related("parts__organisation", "about__issue__dialogue__collaboration")


def _answers(decisions: Iterable[Decision]) -> Iterator[News]:
    """Told of the day it was written here: a committee's own day may lie weeks back."""
    for decision in decisions:
        days = [timezone.localdate(part.answered_at) for part in decision.parts.all() if part.answered_at]
        for link in decision.about.all():
            yield News(link.issue, max(days, default=decision.settled_on or timezone.localdate()), decision=decision)


def _events() -> QuerySet[ActivityEvent]:
    moved = ActivityEvent.objects.filter(state__in=[State.RUNNING, State.PAUSED, *ENDS])
    return moved.select_related("activity__issue__dialogue__collaboration")


def _deeds(events: Iterable[ActivityEvent]) -> Iterator[News]:
    """What nobody may read of yet is no news."""
    events = list(events)
    public = set(Activity.objects.public().filter(events__in=events).values_list("pk", flat=True))
    for event in events:
        if event.activity_id in public:
            yield News(event.activity.issue, timezone.localdate(event.at), activity=event)


_KINDS: tuple[tuple[Callable[[], QuerySet[Any]], Callable[[list[Any]], Iterator[News]]], ...] = (
    (_changes, _moves),
    (_reports, _publications),
    (_decisions, _answers),
    (_events, _deeds),
)


def _write(news: list[News]) -> int:
    """One letter to each address, with what has happened since she said yes to news about each issue."""
    about = [one.issue.pk for one in news if one.issue.published_at is not None]
    follows = FollowedIssue.objects.filter(issue__in=about, confirmed_on__isnull=False).select_related("follower")
    to_tell: dict[Follower, list[News]] = defaultdict(list)
    for followed in follows:
        for one in news:
            if one.issue.pk == followed.issue_id and followed.confirmed_on and one.on >= followed.confirmed_on:
                to_tell[followed.follower].append(one)
    for follower, told in to_tell.items():
        _send(follower, told)
    return len(to_tell)


def _send(follower: Follower, told: list[News]) -> None:
    with translation.override(follower.language):
        items = [{"news": one, "link": settings.SITE_URL + one.path} for one in told]
        stop = settings.SITE_URL + reverse("following", args=[follower.token])
    letters.write(
        kind="news",
        to=follower.email,
        template="news",
        context={"items": items, "stop": stop},
        language=follower.language,
        collaboration=told[0].issue.dialogue.collaboration,
    )
