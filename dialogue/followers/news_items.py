"""What a piece of news says today, and which of them a follower should hear: about what she follows, as she wished."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from dialogue.models import (
    Activity,
    ActivityEvent,
    BetterQuestion,
    Decision,
    FollowedIssue,
    Follower,
    Issue,
    News,
    PublishedReport,
    StepChange,
    Wish,
)
from dialogue.rules.decisions import DecisionOutcome
from dialogue.rules.staircase import Step


@dataclass(frozen=True)
class NewsItem:
    """Something that happened to an issue, as it can be read of today."""

    number: int
    issue: Issue
    on: dt.date
    is_result: bool
    step: Step | None = None  # the step it moved to
    report: PublishedReport | None = None
    decision: Decision | None = None  # a yes or a no
    activity: ActivityEvent | None = None
    reply: Mapping[str, str] | None = None  # what those who asked were answered, per language
    question: BetterQuestion | None = None  # whether it got better

    @property
    def path(self) -> str:
        """Where to read more than on the issue's own page, in the language that is active; empty when there is none."""
        slug = self.issue.dialogue.collaboration.slug
        if self.report is not None:
            return reverse("reports:report", args=[slug, self.report.slug])
        if self.activity is not None:
            return reverse("dialogue:activity", args=[slug, self.activity.activity_id])
        return ""


@dataclass(frozen=True)
class IssueNews:
    """What there is to tell of an issue, newest first."""

    issue: Issue
    told: tuple[NewsItem, ...]


def news_by_follower(followers: Collection[Follower], through: int) -> dict[UUID, tuple[IssueNews, ...]]:
    """By follower, what she has not heard of up to this number, the issue with the newest first.

    A constant number of queries for any number of followers; who has nothing to hear is not among them.
    """
    follows = FollowedIssue.objects.filter(follower__in=followers, confirmed_on__isnull=False)
    since: dict[UUID, dict[int, dt.date]] = defaultdict(dict)
    for follower, issue, day in follows.values_list("follower", "issue", "confirmed_on"):
        if day is not None:
            since[follower][issue] = day
    issues = {issue for hers in since.values() for issue in hers}
    behind = min((one.told_through for one in followers), default=through)
    found = list_news_items(News.objects.filter(issue__in=issues, pk__gt=behind, pk__lte=through))
    by_issue: dict[int, list[NewsItem]] = defaultdict(list)
    for one in found:
        by_issue[one.issue.pk].append(one)
    hers = {one.pk: _grouped(_wished(one, since[one.pk], by_issue)) for one in followers}
    return {follower: groups for follower, groups in hers.items() if groups}


def _wished(
    follower: Follower, since: Mapping[int, dt.date], by_issue: Mapping[int, list[NewsItem]]
) -> Iterator[NewsItem]:
    for issue, day in since.items():
        for one in by_issue.get(issue, ()):
            is_new = one.number > follower.told_through and one.on >= day
            if is_new and (one.is_result or follower.wish == Wish.EVERY):
                yield one


def _grouped(told: Iterable[NewsItem]) -> tuple[IssueNews, ...]:
    groups: dict[int, list[NewsItem]] = defaultdict(list)
    for one in sorted(told, key=lambda one: (one.on, one.number), reverse=True):
        groups[one.issue.pk].append(one)  # the first of each is its newest, so the issues are in order too
    return tuple(IssueNews(its[0].issue, tuple(its)) for its in groups.values())


def list_news_items(news: Iterable[News]) -> list[NewsItem]:
    """What can still be read of these: not what has been taken back or hidden, nor a question that has closed."""
    rows = list(news)
    keys: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        keys[row.kind].add(row.key)
    shown = Issue.objects.public().select_related("dialogue__collaboration")
    issues = shown.in_bulk({row.issue_id for row in rows})
    says = _item_fields(keys)
    return [
        NewsItem(row.pk, issues[row.issue_id], row.on, row.is_result, **says[row.kind][row.key])
        for row in rows
        if row.issue_id in issues and row.key in says[row.kind]
    ]


def _item_fields(keys: Mapping[str, set[int]]) -> dict[str, dict[int, dict[str, Any]]]:
    """By kind and key, what fills a Told."""
    kind = News.Kind
    changes = StepChange.objects.select_related("round")
    events = ActivityEvent.objects.filter(activity__in=Activity.objects.public()).select_related("activity")
    decisions = Decision.objects.filter(outcome__in=[DecisionOutcome.IN_FORCE, DecisionOutcome.REFUSED])
    related = decisions.prefetch_related("parts__organisation")
    asked = BetterQuestion.objects.filter(closes_on__gte=timezone.localdate(), activity__in=Activity.objects.public())
    found = {
        kind.STEP: {pk: {"step": Step(one.to_step)} for pk, one in changes.in_bulk(keys[kind.STEP]).items()},
        kind.ANSWER: {pk: {"reply": one.round.answer} for pk, one in changes.in_bulk(keys[kind.ANSWER]).items()},
        kind.REPORT: _fields_named("report", PublishedReport.objects.standing().in_bulk(keys[kind.REPORT])),
        kind.DECISION: _fields_named("decision", related.in_bulk(keys[kind.DECISION])),
        kind.ACTIVITY: _fields_named("activity", events.in_bulk(keys[kind.ACTIVITY])),
        kind.BETTER: _fields_named("question", asked.select_related("activity").in_bulk(keys[kind.BETTER])),
    }
    return {str(name): dict(its) for name, its in found.items()}


def _fields_named(name: str, rows: Mapping[int, Any]) -> dict[int, dict[str, Any]]:
    return {pk: {name: row} for pk, row in rows.items()}
