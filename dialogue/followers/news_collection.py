"""Collecting news: every publishable event becomes a numbered News row, once, from which the digests are made.

Results are the answer to those who raised the issue, a decision in force or refused, the end of an activity, and the
question whether it got better. A move on the staircase, a report, activities that start or pause, and what is told
about how they go are not results.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from actors.letters.outbox import LONG_AGO
from dialogue.followers import better_questions
from dialogue.models import Activity, ActivityEvent, Decision, Issue, News, PublishedReport, StepChange
from dialogue.rules.activities import ENDS, ActivityState
from dialogue.rules.decisions import DecisionOutcome
from dialogue.rules.staircase import Move

# An advisory lock: with one collector at a time, news become visible in the order of their numbers, so that a digest
# never skips one.
LOCK = 7_110_028


@transaction.atomic
def collect_news() -> int:
    """Create news from what has happened since last time; how many. None when another process is collecting."""
    if not _take_lock():
        return 0
    rows: list[News] = []
    for publishable, as_news in _SOURCES:
        events = list(publishable().select_for_update(skip_locked=True, of=["self"]).filter(told_at__isnull=True))
        rows += as_news(events)
        publishable().filter(pk__in=[event.pk for event in events]).update(told_at=timezone.now())
    public = set(Issue.objects.public().filter(pk__in={row.issue_id for row in rows}).values_list("pk", flat=True))
    oldest = timezone.localdate() - LONG_AGO
    kept = [row for row in rows if row.issue_id in public and row.on >= oldest]
    kept += better_questions.create_questions(_completed_activities(kept))
    News.objects.bulk_create(kept, ignore_conflicts=True)
    return len(kept)


def _take_lock() -> bool:
    """Take the collector's lock until this transaction ends; whether it was free."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        (is_taken,) = cursor.fetchone()
    return bool(is_taken)


def _completed_activities(rows: Iterable[News]) -> list[Activity]:
    """The activities that these news report as done or handed over."""
    events = [row.key for row in rows if row.kind == News.Kind.ACTIVITY]
    done = ActivityEvent.objects.filter(pk__in=events, state__in=[ActivityState.DONE, ActivityState.HANDED_OVER])
    return list(Activity.objects.filter(pk__in=done.values("activity")))


def _step_changes() -> QuerySet[StepChange]:
    changes = StepChange.objects.filter(from_step__isnull=False).select_related("round__issue__dialogue")
    return changes.prefetch_related("round__issue__dialogue__stages")


def _step_news(changes: Iterable[StepChange]) -> Iterator[News]:
    """News of moves to another stage; the closing of a round is news of its answer."""
    for change in changes:
        closes = change.move == Move.CLOSE
        if change.is_within_stage and not closes:
            continue
        kind = News.Kind.ANSWER if closes else News.Kind.STEP
        yield _news(change.round.issue_id, kind, change.pk, timezone.localdate(change.at), is_result=closes)


def _reports() -> QuerySet[PublishedReport]:
    return PublishedReport.objects.filter(withdrawn_at__isnull=True).prefetch_related("issues")


def _report_news(reports: Iterable[PublishedReport]) -> Iterator[News]:
    for report in reports:
        for issue in report.issues.all():
            yield _news(issue.pk, News.Kind.REPORT, report.pk, timezone.localdate(report.published_at))


def _decisions() -> QuerySet[Decision]:
    return Decision.objects.filter(outcome__in=[DecisionOutcome.IN_FORCE, DecisionOutcome.REFUSED]).prefetch_related(
        "parts", "about"
    )


def _decision_news(decisions: Iterable[Decision]) -> Iterator[News]:
    """Dated by the day of registration: the committee's own day may lie weeks back."""
    for decision in decisions:
        days = [timezone.localdate(part.answered_at) for part in decision.parts.all() if part.answered_at]
        day = max(days, default=decision.settled_on or timezone.localdate())
        for link in decision.about.all():
            yield _news(link.issue_id, News.Kind.DECISION, decision.pk, day, is_result=True)


def _activity_events() -> QuerySet[ActivityEvent]:
    """New states, and what was told about how it goes."""
    moved = Q(state__in=[ActivityState.RUNNING, ActivityState.PAUSED, *ENDS])
    return ActivityEvent.objects.filter(moved | Q(state="") & ~Q(said={}, text="")).select_related("activity")


def _activity_news(events: Iterable[ActivityEvent]) -> Iterator[News]:
    """News of public activities only."""
    events = list(events)
    public = set(Activity.objects.public().filter(events__in=events).values_list("pk", flat=True))
    for event in events:
        if event.activity_id in public:
            day, ends = timezone.localdate(event.at), event.state in ENDS
            yield _news(event.activity.issue_id, News.Kind.ACTIVITY, event.pk, day, is_result=ends)


def _news(issue: int, kind: News.Kind, key: int, on: dt.date, *, is_result: bool = False) -> News:
    return News(issue_id=issue, kind=kind, key=key, on=on, is_result=is_result)


# For each source: the events that can become news, and how they do.
_SOURCES: tuple[tuple[Callable[[], QuerySet[Any]], Callable[[list[Any]], Iterator[News]]], ...] = (
    (_step_changes, _step_news),
    (_reports, _report_news),
    (_decisions, _decision_news),
    (_activity_events, _activity_news),
)
