"""Rows that lists brought in, as pages show them, each kind by the name it has in addresses."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.utils.formats import date_format
from django.utils.text import capfirst

from actors.models import Collaboration, User
from dialogue.models import Issue, ListedActivity, ListedDecision
from dialogue.models.listed.listed_claim import ListedClaim, ListedClaimQuerySet

# The kinds as addresses write them.
DECISIONS, ACTIVITIES = "beslut", "aktiviteter"
# The fields that together are an activity's time.
_TIME = ("start", "end", "precision")
PER_PAGE = 50
# Rows of each kind that a page about many issues shows of one.
PER_ISSUE = 5
RELATED = ("organisation", "entered_by", "dialogue__collaboration")


@dataclass(frozen=True)
class ListedRows:
    """What lists say: of decisions, the latest first, and of activities, by their beginning."""

    decisions: list[ListedDecision]
    activities: list[ListedActivity]

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.decisions or self.activities)


def rows_of_kind(kind: str) -> "ListedClaimQuerySet[ListedDecision] | ListedClaimQuerySet[ListedActivity]":
    """Return all rows of a kind, with what pages show of them. Raises Http404 for another kind."""
    if kind == DECISIONS:
        return ListedDecision.objects.select_related(*RELATED).prefetch_related("issues")
    if kind == ACTIVITIES:
        return ListedActivity.objects.select_related(*RELATED, "issue")
    raise Http404


def rows_about_issue(issue: Issue) -> ListedRows:
    """Return what lists say about an issue, public or not. Two queries."""
    return ListedRows(
        list(issue.listed_decisions.select_related("organisation", "entered_by")),
        list(issue.listed_activities.select_related("organisation", "entered_by")),
    )


@dataclass(frozen=True)
class IssueRows:
    """An issue, the first rows of lists about it, and how many more there are."""

    issue: Issue
    rows: ListedRows
    remaining: int


def issues_with_rows(collaboration: Collaboration, dialogue: str = "") -> list[IssueRows]:
    """Return the public issues that lists say anything about, each with at most `PER_ISSUE` rows of a kind.

    Those of one dialogue when its part of the address is given. Three queries.
    """
    told = {
        "told_decisions": Count("listed_decisions", distinct=True),
        "told_activities": Count("listed_activities", distinct=True),
    }
    issues = Issue.objects.public().filter(dialogue__collaboration=collaboration).annotate(**told)
    issues = issues.filter(dialogue__slug=dialogue) if dialogue else issues
    with_rows = issues.filter(Q(told_decisions__gt=0) | Q(told_activities__gt=0)).select_related(
        "dialogue__collaboration"
    )
    decisions = ListedDecision.objects.select_related("organisation")[:PER_ISSUE]
    activities = ListedActivity.objects.select_related("organisation")[:PER_ISSUE]
    first: list[Prefetch[Any]] = [
        Prefetch("listed_decisions", decisions, to_attr="first_listed_decisions"),
        Prefetch("listed_activities", activities, to_attr="first_listed_activities"),
    ]
    return [_with_first_rows(issue) for issue in with_rows.prefetch_related(*first)]


def _with_first_rows(issue: Any) -> IssueRows:
    """The rows that were looked up with the issue."""
    rows = ListedRows(issue.first_listed_decisions, issue.first_listed_activities)
    told = issue.told_decisions + issue.told_activities
    return IssueRows(issue, rows, told - len(rows.decisions) - len(rows.activities))


def count_unanswered(user: User) -> int:
    """Return how many rows she may say something about, where her body has said nothing. Two queries."""
    return sum(model.objects.answerable_by(user).filter(reply="").count() for model in (ListedDecision, ListedActivity))


class _DecisionsThenActivities:
    """What lists say of somebody's bodies, as a paginator takes it: decisions and then activities."""

    def __init__(self, user: User) -> None:
        self.decisions = ListedDecision.objects.of_bodies_of(user).select_related(*RELATED)
        self.activities = ListedActivity.objects.of_bodies_of(user).select_related(*RELATED)
        self.first = self.decisions.count()
        self.total = self.first + self.activities.count()

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, wanted: slice) -> list[ListedClaim]:
        start, stop, _ = wanted.indices(self.total)
        return [
            *self.decisions[min(start, self.first) : min(stop, self.first)],
            *self.activities[max(start - self.first, 0) : max(stop - self.first, 0)],
        ]


def page_of_bodies_of(user: User, number: str | None) -> tuple[Page[Any], ListedRows]:
    """Return a page of what lists say of the bodies that this person belongs to, and its rows. Four queries."""
    rows: Any = _DecisionsThenActivities(user)
    page = Paginator(rows, PER_PAGE).get_page(number)
    shown = list(page)
    return page, ListedRows(
        [row for row in shown if isinstance(row, ListedDecision)],
        [row for row in shown if isinstance(row, ListedActivity)],
    )


def details_of(claim: ListedClaim) -> list[tuple[str, str]]:
    """Return all that a list says of a decision or an activity, each with its label: what a body says yes or no to."""
    beside = {field.name for field in ListedClaim._meta.local_fields} | {"id", *_TIME}
    fields = [field for field in claim._meta.fields if field.name not in beside]
    told = [(capfirst(str(field.verbose_name)), _in_words(claim, field.name)) for field in fields]
    if isinstance(claim, ListedActivity):
        told.append(("Tid", claim.when))
    if isinstance(claim, ListedDecision):
        told.append(("Sakfrågor", ", ".join(str(issue) for issue in claim.issues.all())))
    return [(label, words) for label, words in told if words]


def _in_words(claim: ListedClaim, name: str) -> str:
    value = getattr(claim, f"get_{name}_display", lambda: getattr(claim, name))()
    return date_format(value, "j F Y") if isinstance(value, dt.date) else str(value or "")
