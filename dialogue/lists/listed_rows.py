"""Rows that lists brought in, as pages show them, each kind by the name it has in addresses."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import Http404

from actors.models import Collaboration, User
from dialogue.models import Issue, ListedActivity, ListedDecision
from dialogue.models.listed.listed_claim import ListedClaimQuerySet

# The kinds as addresses write them.
DECISIONS, ACTIVITIES = "beslut", "aktiviteter"
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
    """Return what lists say about a public issue. Two queries."""
    return ListedRows(
        list(ListedDecision.objects.public().filter(issues=issue).select_related("organisation")),
        list(ListedActivity.objects.public().filter(issue=issue).select_related("organisation")),
    )


def issues_with_rows(collaboration: Collaboration) -> list[Issue]:
    """Return the public issues that lists say anything about, each with `told_decisions` and `told_activities`.

    One query.
    """
    told = {
        "told_decisions": Count("listed_decisions", distinct=True),
        "told_activities": Count("listed_activities", distinct=True),
    }
    issues = Issue.objects.public().filter(dialogue__collaboration=collaboration).annotate(**told)
    with_rows = issues.filter(Q(told_decisions__gt=0) | Q(told_activities__gt=0))
    return list(with_rows.select_related("dialogue__collaboration"))


def count_unanswered(user: User) -> int:
    """Return how many rows she may say something about, where her body has said nothing. Two queries."""
    return sum(model.objects.answerable_by(user).filter(reply="").count() for model in (ListedDecision, ListedActivity))


def rows_of_bodies_of(user: User) -> ListedRows:
    """Return what lists say of the bodies that this person belongs to. Two queries."""
    return ListedRows(
        list(ListedDecision.objects.of_bodies_of(user).select_related(*RELATED)),
        list(ListedActivity.objects.of_bodies_of(user).select_related(*RELATED)),
    )
