"""Where issues stand: each with what it lacks, and the moves that led there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from dialogue.models import Dialogue, Issue, StepChange
from dialogue.rules.staircase import IssueFacts, Requirement, Step, missing_for
from dialogue.staircase import gate_facts
from dialogue.staircase.missing_rows import summarize_missing


@dataclass(frozen=True)
class IssueRow:
    """An issue as the coordinator sees it in the list."""

    issue: Issue
    facts: IssueFacts
    missing: list[Requirement]

    @property
    def in_short(self) -> str:
        """The first thing it lacks, and how many more."""
        return summarize_missing(self.missing) if self.missing else ""


def build_issue_rows(dialogue: Dialogue, issues: Iterable[Issue]) -> list[IssueRow]:
    """These issues of a dialogue. The number of queries does not depend on how many."""
    issues = list(issues)
    facts, limits = gate_facts.facts_of([one.pk for one in issues]), dialogue.thresholds
    return [IssueRow(one, facts[one.pk], missing_for(Step(one.step), facts[one.pk], limits)) for one in issues]


def list_step_changes(issue: Issue) -> QuerySet[StepChange]:
    """Every move of the issue, the latest first."""
    return StepChange.objects.filter(round__issue=issue).select_related("round", "by").order_by("-at", "-pk")
