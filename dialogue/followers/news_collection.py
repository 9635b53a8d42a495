"""What has happened and nobody has been told of becomes news, once: numbered rows that letters are made from.

A result is what came of it all: the answer to those who asked, a yes or a no from those who decide, how something that
was done ended, and the question whether it got better. A move on the staircase, a report of what was said and work that
goes on are steps on the way there.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from actors.letters.outbox import LONG_AGO
from dialogue.followers import better_questions
from dialogue.models import Activity, ActivityEvent, Decision, Issue, News, PublishedReport, StepChange
from dialogue.rules.activities import ENDS, ActivityState
from dialogue.rules.decisions import DecisionOutcome
from dialogue.rules.staircase import Move

# Any number, the same for all who gather: news are numbered in the order they can be seen, so no letter passes one by.
LOCK = 7_110_028


@transaction.atomic
def collect_news() -> int:
    """Put what has happened among the news; how many there were. Nothing when somebody else is gathering."""
    if not _is_alone():
        return 0
    rows: list[News] = []
    for waiting, as_news in _KINDS:
        found = list(waiting().select_for_update(skip_locked=True, of=["self"]).filter(told_at__isnull=True))
        rows += as_news(found)
        waiting().filter(pk__in=[one.pk for one in found]).update(told_at=timezone.now())
    public = set(Issue.objects.public().filter(pk__in={one.issue_id for one in rows}).values_list("pk", flat=True))
    oldest = timezone.localdate() - LONG_AGO
    kept = [one for one in rows if one.issue_id in public and one.on >= oldest]
    kept += better_questions.create_questions(_done(kept))
    News.objects.bulk_create(kept, ignore_conflicts=True)
    return len(kept)


def _is_alone() -> bool:
    """Whether nobody else gathers until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        (alone,) = cursor.fetchone()
    return bool(alone)


def _done(rows: Iterable[News]) -> list[Activity]:
    """The activities that these news say are done."""
    events = [one.key for one in rows if one.kind == News.Kind.ACTIVITY]
    done = ActivityEvent.objects.filter(pk__in=events, state__in=[ActivityState.DONE, ActivityState.HANDED_OVER])
    return list(Activity.objects.filter(pk__in=done.values("activity")))


def _changes() -> QuerySet[StepChange]:
    return StepChange.objects.filter(from_step__isnull=False).select_related("round")


def _moves(changes: Iterable[StepChange]) -> Iterator[News]:
    """A round that closes is told by its answer."""
    for change in changes:
        closes = change.move == Move.CLOSE
        kind = News.Kind.ANSWER if closes else News.Kind.STEP
        yield _news(change.round.issue_id, kind, change.pk, timezone.localdate(change.at), is_result=closes)


def _reports() -> QuerySet[PublishedReport]:
    return PublishedReport.objects.filter(withdrawn_at__isnull=True).prefetch_related("issues")


def _publications(reports: Iterable[PublishedReport]) -> Iterator[News]:
    for report in reports:
        for issue in report.issues.all():
            yield _news(issue.pk, News.Kind.REPORT, report.pk, timezone.localdate(report.published_at))


def _decisions() -> QuerySet[Decision]:
    return Decision.objects.filter(outcome__in=[DecisionOutcome.IN_FORCE, DecisionOutcome.REFUSED]).prefetch_related(
        "parts", "about"
    )


def _answers(decisions: Iterable[Decision]) -> Iterator[News]:
    """Told of the day it was written here: a committee's own day may lie weeks back."""
    for decision in decisions:
        days = [timezone.localdate(part.answered_at) for part in decision.parts.all() if part.answered_at]
        day = max(days, default=decision.settled_on or timezone.localdate())
        for link in decision.about.all():
            yield _news(link.issue_id, News.Kind.DECISION, decision.pk, day, is_result=True)


def _events() -> QuerySet[ActivityEvent]:
    moved = ActivityEvent.objects.filter(state__in=[ActivityState.RUNNING, ActivityState.PAUSED, *ENDS])
    return moved.select_related("activity")


def _deeds(events: Iterable[ActivityEvent]) -> Iterator[News]:
    """What nobody may read of yet is no news."""
    events = list(events)
    public = set(Activity.objects.public().filter(events__in=events).values_list("pk", flat=True))
    for event in events:
        if event.activity_id in public:
            day, ends = timezone.localdate(event.at), event.state in ENDS
            yield _news(event.activity.issue_id, News.Kind.ACTIVITY, event.pk, day, is_result=ends)


def _news(issue: int, kind: News.Kind, key: int, on: dt.date, *, is_result: bool = False) -> News:
    return News(issue_id=issue, kind=kind, key=key, on=on, is_result=is_result)


_KINDS: tuple[tuple[Callable[[], QuerySet[Any]], Callable[[list[Any]], Iterator[News]]], ...] = (
    (_changes, _moves),
    (_reports, _publications),
    (_decisions, _answers),
    (_events, _deeds),
)
