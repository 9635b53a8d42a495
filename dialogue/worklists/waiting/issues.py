"""Rows of the week about issues: those ready for the next step, what the others lack, and texts out of date."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from dialogue.models import Decision, Dialogue, DialogueEvent, Issue, ProcessStage, Round, StepChange
from dialogue.rules.decisions import DecisionOutcome
from dialogue.rules.staircase import COORDINATOR, Requirement, Step
from dialogue.rules.week_boxes import WeekRow, since_in_words
from dialogue.staircase import gate_facts, missing_rows

# Events that may have changed the text on what happens next.
WRITTEN = (DialogueEvent.Kind.RAISED, DialogueEvent.Kind.EDITED)


@dataclass(frozen=True)
class WaitingIssue:
    """An issue with the requirements it lacks for its next step."""

    pk: int
    title: str
    step: Step
    stage: str  # the Swedish name of the stage that it is shown at
    since: dt.date | None  # when it came to its step
    next_up: str  # the text on what happens next, in Swedish
    is_public: bool
    is_closed: bool
    is_stale: bool  # a decision has come into force since that text was written
    missing: list[Requirement]


def list_waiting_issues(dialogue: Dialogue) -> list[WaitingIssue]:
    """All issues of a dialogue. One query, and those of the gates, for any number."""
    rows = list(_rows(dialogue))
    open_issues = {row["pk"]: row["step"] for row in rows if row["closed"] is None}
    missing = gate_facts.missing_by_issue(open_issues, dialogue.thresholds)
    return [_build_issue(row, missing.get(row["pk"], [])) for row in rows]


def _rows(dialogue: Dialogue) -> "QuerySet[Any, dict[str, Any]]":
    latest = Round.objects.filter(issue=OuterRef("pk")).order_by("-number")
    moved = StepChange.objects.filter(round__issue=OuterRef("pk")).order_by("-at", "-pk")
    held = Decision.objects.filter(about__issue=OuterRef("pk"), outcome=DecisionOutcome.IN_FORCE).order_by(
        "-settled_on"
    )
    texts = DialogueEvent.objects.filter(issue=OuterRef("pk"), kind__in=WRITTEN).order_by("-at")
    # The rule of `place_of` in the database: the stage that carries the step, else the nearest earlier one.
    stages = ProcessStage.objects.filter(dialogue=dialogue, step__lte=OuterRef("step")).order_by("-step")
    rows = Issue.objects.filter(dialogue=dialogue).annotate(
        stage_name=Subquery(stages.values("name")[:1]),
        closed=Subquery(latest.values("closed_at")[:1]),
        moved=Subquery(moved.values("at")[:1]),
        held=Subquery(held.values("settled_on")[:1]),
        written=Subquery(texts.values("at")[:1]),
    )
    return rows.values(
        "pk", "title", "step", "stage_name", "next_up", "published_at", "closed", "moved", "held", "written"
    )


def _build_issue(row: dict[str, Any], missing: list[Requirement]) -> WaitingIssue:
    next_up, held, written = row["next_up"].get("sv", ""), row["held"], row["written"]
    waits = row["step"] == Step.DECISION and row["closed"] is None and bool(held and next_up)
    return WaitingIssue(
        pk=row["pk"],
        title=row["title"].get("sv", ""),
        step=Step(row["step"]),
        stage=row["stage_name"].get("sv", ""),
        since=timezone.localdate(row["moved"]) if row["moved"] else None,
        next_up=next_up,
        is_public=row["published_at"] is not None,
        is_closed=row["closed"] is not None,
        is_stale=waits and (written is None or timezone.localdate(written) <= held),
        missing=missing,
    )


def ready_rows(issues: Iterable[WaitingIssue], today: dt.date) -> Iterator[WeekRow]:
    """Issues that lack nothing for their next step, or for being closed with an answer."""
    for issue in issues:
        if not issue.is_closed and not issue.missing:
            last = issue.step == Step.IMPLEMENTATION
            text = "kan avslutas med ett svar" if last else f"kan lämna steget {issue.stage}"
            where = "issue-close" if last else "issue-move"
            yield WeekRow(
                issue.title, where, issue.pk, who=text, when=since_in_words(issue.since, today), order=issue.since
            )


def missing_requirement_rows(issues: Iterable[WaitingIssue], dialogue: Dialogue, today: dt.date) -> Iterator[WeekRow]:
    """What each of the other issues lacks first, and who can add it. The row links to where that is done."""
    for issue in issues:
        if issue.missing:
            first = issue.missing[0]
            who = "" if first.who == COORDINATOR else f"Väntar på {first.who}. "
            link = partial(missing_rows.link_to_fix, first, dialogue, issue.pk)
            text, when = f"{who}{missing_rows.summarize_missing(issue.missing)}", since_in_words(issue.since, today)
            yield WeekRow(issue.title, "issue", issue.pk, who=text, when=when, order=issue.since, link=link)


def stale_text_rows(issues: Iterable[WaitingIssue]) -> Iterator[WeekRow]:
    """Public issues whose text on what happens next was written before the last approved decision."""
    for issue in issues:
        if issue.is_stale and issue.is_public:
            yield WeekRow(issue.title, "issue-texts", issue.pk, who=f"boende läser fortfarande: «{issue.next_up}»")


def hidden_issue_rows(issues: Iterable[WaitingIssue]) -> Iterator[WeekRow]:
    """Issues that are not public."""
    for issue in issues:
        if not issue.is_public:
            yield WeekRow(issue.title, "issue", issue.pk, who="syns inte för boende ännu")
