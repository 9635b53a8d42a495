"""Rows of the coordinator's list of issues, and the moves of one issue."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from dialogue.models import Issue, StepChange
from dialogue.rules.staircase import IssueFacts, Requirement, Step, missing_for
from dialogue.staircase import gate_facts
from dialogue.staircase.missing_rows import summarize_missing


@dataclass(frozen=True)
class IssueRow:
    """An issue in the coordinator's list, with what it lacks for its next step."""

    issue: Issue
    facts: IssueFacts
    missing: list[Requirement]

    @property
    def in_short(self) -> str:
        """The first thing it lacks, and how many more; empty when nothing is missing."""
        return summarize_missing(self.missing) if self.missing else ""


def build_issue_rows(issues: Iterable[Issue]) -> list[IssueRow]:
    """Return a row for each of these issues, by what its own dialogue requires. A constant number of queries."""
    issues = list(issues)
    facts = gate_facts.facts_of([issue.pk for issue in issues])
    return [
        IssueRow(issue, facts[issue.pk], missing_for(Step(issue.step), facts[issue.pk], issue.dialogue.thresholds))
        for issue in issues
    ]


def list_step_changes(issue: Issue) -> QuerySet[StepChange]:
    """Return every move of the issue, the latest first."""
    changes = StepChange.objects.filter(round__issue=issue).select_related("by", "round__issue__dialogue")
    changes = changes.prefetch_related("round__issue__dialogue__stages")
    return changes.order_by("-at", "-pk")
