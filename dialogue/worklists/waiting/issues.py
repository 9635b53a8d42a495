"""Issues as they wait: those that can climb, what each of the others lacks, and words that residents still read."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from dialogue.models import Decision, Dialogue, DialogueEvent, Issue, Round, StepChange
from dialogue.rules.decisions import DecisionOutcome
from dialogue.rules.staircase import COORDINATOR, Requirement, Step
from dialogue.rules.week_boxes import WeekRow, since_in_words
from dialogue.staircase import gate_facts, missing_rows

# Acts that put new words on what comes next.
WRITTEN = (DialogueEvent.Kind.RAISED, DialogueEvent.Kind.EDITED)


@dataclass(frozen=True)
class Standing:
    """An issue with what it lacks for its next step."""

    pk: int
    title: str
    step: Step
    since: dt.date | None  # when it came to its step
    next_up: str  # what residents read that comes next
    is_public: bool
    is_closed: bool
    is_stale: bool  # a decision has come to hold since those words were written
    missing: list[Requirement]


def of(dialogue: Dialogue) -> list[Standing]:
    """All issues of a dialogue. One query, and those of the gates, for any number."""
    found = list(_rows(dialogue))
    going_on = {one["pk"]: one["step"] for one in found if one["closed"] is None}
    missing = gate_facts.missing_by_issue(going_on, dialogue.thresholds)
    return [_standing(one, missing.get(one["pk"], [])) for one in found]


def _rows(dialogue: Dialogue) -> "QuerySet[Any, dict[str, Any]]":
    latest = Round.objects.filter(issue=OuterRef("pk")).order_by("-number")
    moved = StepChange.objects.filter(round__issue=OuterRef("pk")).order_by("-at", "-pk")
    held = Decision.objects.filter(about__issue=OuterRef("pk"), outcome=DecisionOutcome.IN_FORCE).order_by(
        "-settled_on"
    )
    words = DialogueEvent.objects.filter(issue=OuterRef("pk"), kind__in=WRITTEN).order_by("-at")
    rows = Issue.objects.filter(dialogue=dialogue).annotate(
        closed=Subquery(latest.values("closed_at")[:1]),
        moved=Subquery(moved.values("at")[:1]),
        held=Subquery(held.values("settled_on")[:1]),
        written=Subquery(words.values("at")[:1]),
    )
    return rows.values("pk", "title", "step", "next_up", "published_at", "closed", "moved", "held", "written")


def _standing(row: dict[str, Any], missing: list[Requirement]) -> Standing:
    next_up, held, written = row["next_up"].get("sv", ""), row["held"], row["written"]
    waits = row["step"] == Step.DECISION and row["closed"] is None and bool(held and next_up)
    return Standing(
        pk=row["pk"],
        title=row["title"].get("sv", ""),
        step=Step(row["step"]),
        since=timezone.localdate(row["moved"]) if row["moved"] else None,
        next_up=next_up,
        is_public=row["published_at"] is not None,
        is_closed=row["closed"] is not None,
        is_stale=waits and (written is None or timezone.localdate(written) <= held),
        missing=missing,
    )


def ready(issues: Iterable[Standing], today: dt.date) -> Iterator[WeekRow]:
    """Those that nothing keeps from their next step, or from being closed with an answer."""
    for one in issues:
        if not one.is_closed and not one.missing:
            last = one.step == Step.IMPLEMENTATION
            text = "kan avslutas med ett svar" if last else f"kan lämna steget {one.step.label}"
            where = "issue-close" if last else "issue-move"
            yield WeekRow(one.title, where, one.pk, who=text, when=since_in_words(one.since, today), order=one.since)


def lacking(issues: Iterable[Standing], dialogue: Dialogue, today: dt.date) -> Iterator[WeekRow]:
    """What each of the others lacks first, and who can mend it. The row leads to where that is done."""
    for one in issues:
        if one.missing:
            first = one.missing[0]
            who = "" if first.who == COORDINATOR else f"Väntar på {first.who}. "
            there = partial(missing_rows.link_to_fix, first, dialogue, one.pk)
            text, when = f"{who}{missing_rows.summarize_missing(one.missing)}", since_in_words(one.since, today)
            yield WeekRow(one.title, "issue", one.pk, who=text, when=when, order=one.since, link=there)


def read_still(issues: Iterable[Standing]) -> Iterator[WeekRow]:
    """Words on what comes next that were written before the last yes; residents read them until they are changed."""
    for one in issues:
        if one.is_stale and one.is_public:
            yield WeekRow(one.title, "issue-texts", one.pk, who=f"boende läser fortfarande: «{one.next_up}»")


def hidden(issues: Iterable[Standing]) -> Iterator[WeekRow]:
    """Those that residents do not see."""
    for one in issues:
        if not one.is_public:
            yield WeekRow(one.title, "issue", one.pk, who="syns inte för boende ännu")
