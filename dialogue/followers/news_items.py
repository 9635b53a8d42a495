"""News as a follower may read it today, and which news each follower is to get."""

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
from dialogue.rules.process_stages import StagePlace


@dataclass(frozen=True)
class NewsItem:
    """A piece of news with what it is about. Exactly one of the fields from `stage` down is set."""

    number: int
    issue: Issue
    on: dt.date
    is_result: bool
    stage: StagePlace | None = None  # the stage it moved to
    report: PublishedReport | None = None
    decision: Decision | None = None  # in force or refused
    activity: ActivityEvent | None = None
    reply: Mapping[str, str] | None = None  # the answer to those who raised the issue, by language
    question: BetterQuestion | None = None  # the question whether it got better

    @property
    def path(self) -> str:
        """The page about the report or activity, in the active language; empty when there is only the issue's page."""
        slug = self.issue.dialogue.collaboration.slug
        if self.report is not None:
            return reverse("reports:report", args=[slug, self.report.slug])
        if self.activity is not None:
            return reverse("dialogue:activity", args=[slug, self.activity.activity_id])
        return ""


@dataclass(frozen=True)
class IssueNews:
    """The news about an issue, newest first."""

    issue: Issue
    items: tuple[NewsItem, ...]


def news_by_follower(followers: Collection[Follower], through: int) -> dict[UUID, tuple[IssueNews, ...]]:
    """By follower's key, the news up to number `through` that she has not been sent, grouped by issue, newest first.

    Followers without news are left out. The number of queries does not depend on the number of followers.
    """
    follows = FollowedIssue.objects.filter(follower__in=followers, confirmed_on__isnull=False)
    since: dict[UUID, dict[int, dt.date]] = defaultdict(dict)
    for follower, issue, day in follows.values_list("follower", "issue", "confirmed_on"):
        if day is not None:
            since[follower][issue] = day
    issues = {issue for days in since.values() for issue in days}
    behind = min((follower.told_through for follower in followers), default=through)
    items = list_news_items(News.objects.filter(issue__in=issues, pk__gt=behind, pk__lte=through))
    by_issue: dict[int, list[NewsItem]] = defaultdict(list)
    for item in items:
        by_issue[item.issue.pk].append(item)
    groups = {each.pk: _group_by_issue(_items_for(each, since[each.pk], by_issue)) for each in followers}
    return {key: issues_news for key, issues_news in groups.items() if issues_news}


def _items_for(
    follower: Follower, since: Mapping[int, dt.date], by_issue: Mapping[int, list[NewsItem]]
) -> Iterator[NewsItem]:
    """The news that a follower has not been sent, since she confirmed each issue, filtered by her wish."""
    for issue, day in since.items():
        for item in by_issue.get(issue, ()):
            is_new = item.number > follower.told_through and item.on >= day
            if is_new and (item.is_result or follower.wish == Wish.EVERY):
                yield item


def _group_by_issue(items: Iterable[NewsItem]) -> tuple[IssueNews, ...]:
    groups: dict[int, list[NewsItem]] = defaultdict(list)
    for item in sorted(items, key=lambda item: (item.on, item.number), reverse=True):
        groups[item.issue.pk].append(item)  # the first of each is its newest, so the issues are in order too
    return tuple(IssueNews(group[0].issue, tuple(group)) for group in groups.values())


def list_news_items(news: Iterable[News]) -> list[NewsItem]:
    """The items of these news that may still be read: not withdrawn or hidden ones, nor closed questions."""
    rows = list(news)
    keys: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        keys[row.kind].add(row.key)
    public = Issue.objects.public().select_related("dialogue__collaboration")
    issues = public.in_bulk({row.issue_id for row in rows})
    fields = _item_fields(keys)
    return [
        NewsItem(row.pk, issues[row.issue_id], row.on, row.is_result, **fields[row.kind][row.key])
        for row in rows
        if row.issue_id in issues and row.key in fields[row.kind]
    ]


def _item_fields(keys: Mapping[str, set[int]]) -> dict[str, dict[int, dict[str, Any]]]:
    """By kind and key of the news, the NewsItem field that is set and its value. A query per kind."""
    kind = News.Kind
    changes = StepChange.objects.select_related("round__issue__dialogue").prefetch_related(
        "round__issue__dialogue__stages"
    )
    events = ActivityEvent.objects.filter(activity__in=Activity.objects.public()).select_related("activity")
    decisions = Decision.objects.filter(outcome__in=[DecisionOutcome.IN_FORCE, DecisionOutcome.REFUSED])
    related = decisions.prefetch_related("parts__organisation")
    better = BetterQuestion.objects.filter(closes_on__gte=timezone.localdate(), activity__in=Activity.objects.public())
    fields = {
        kind.STEP: {pk: {"stage": change.to_stage} for pk, change in changes.in_bulk(keys[kind.STEP]).items()},
        kind.ANSWER: {pk: {"reply": change.round.answer} for pk, change in changes.in_bulk(keys[kind.ANSWER]).items()},
        kind.REPORT: _fields_named("report", PublishedReport.objects.standing().in_bulk(keys[kind.REPORT])),
        kind.DECISION: _fields_named("decision", related.in_bulk(keys[kind.DECISION])),
        kind.ACTIVITY: _fields_named("activity", events.in_bulk(keys[kind.ACTIVITY])),
        kind.BETTER: _fields_named("question", better.select_related("activity").in_bulk(keys[kind.BETTER])),
    }
    return {str(name): dict(by_key) for name, by_key in fields.items()}


def _fields_named(name: str, rows: Mapping[int, Any]) -> dict[int, dict[str, Any]]:
    return {pk: {name: row} for pk, row in rows.items()}
