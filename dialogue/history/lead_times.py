"""Issues and their steps in one picture: where each stands and since when, how long each step took, what is usual.

A constant number of queries for any number of issues.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Exists, Min, OuterRef
from django.utils import timezone

from dialogue.models import (
    Activity,
    ActivityEvent,
    DecidedIssue,
    Dialogue,
    Issue,
    IssuePerspective,
    PartDecision,
    Proposal,
    PublishedReport,
    Round,
    StepChange,
    round_on,
)
from dialogue.models.issue import IssueQuerySet
from dialogue.rules.activities import ENDS, ActivityState
from dialogue.rules.decisions import YES
from dialogue.rules.milestones import (
    STAGE_ENDS,
    Milestone,
    Stage,
    TypicalDuration,
    bar_percent,
    measure_stages,
    typical_durations,
)
from dialogue.rules.staircase import Step
from surveys.models import Attachment, Perspective, Statement
from surveys.rules.lineage import roots

Marks = dict[Milestone, dt.date]


@dataclass(frozen=True)
class Line:
    """A round of an issue: the marks it has passed, and where it stands."""

    issue: Issue
    round: Round
    heard: dt.date
    stages: tuple[Stage, ...]
    step: Step | None  # where the issue stands; None for a round that lies behind
    since: dt.date | None  # when it came there, or when it got its answer


@dataclass(frozen=True)
class Picture:
    """All issues by all steps, and what is usual."""

    lines: tuple[Line, ...]
    typical_durations: tuple[TypicalDuration, ...]
    milestones: tuple[Milestone, ...] = STAGE_ENDS


def of(dialogue: Dialogue) -> Picture:
    """What everybody may see of a dialogue. It is kept for days, so days so far are not counted."""
    return _picture(dialogue.issues.public(), None, everything=False)


def for_coordinator(dialogue: Dialogue, today: dt.date | None = None) -> Picture:
    """All issues, with the days that have gone so far."""
    return _picture(dialogue.issues.all(), today or timezone.localdate(), everything=True)


def _picture(issues: IssueQuerySet, today: dt.date | None, *, everything: bool) -> Picture:
    lines = list(_lines(issues.select_related("dialogue__collaboration"), today, everything=everything))
    took = typical_durations(line.stages for line in lines)
    longest = max((one.days or 0 for line in lines for one in line.stages), default=0)
    scaled = (replace(line, stages=_scaled(line.stages, longest)) for line in lines)
    return Picture(tuple(scaled), tuple(replace(one, bar_percent=bar_percent(one.median, longest)) for one in took))


def _scaled(found: Iterable[Stage], longest: int) -> tuple[Stage, ...]:
    return tuple(replace(one, bar_percent=bar_percent(one.days, longest)) for one in found)


def _lines(issues: IssueQuerySet, today: dt.date | None, *, everything: bool) -> Iterator[Line]:
    found = {one.pk: one for one in issues}
    rounds: dict[int, list[Round]] = defaultdict(list)
    for one in Round.objects.filter(issue__in=found).order_by("number"):
        rounds[one.issue_id].append(one)
    marks, moved = _marks(rounds, everything=everything), _moved(found)
    for key, issue in found.items():
        for one in reversed(rounds[key]):
            is_latest = one is rounds[key][-1]
            passed = measure_stages(marks[one.pk], today, is_over=one.is_closed or not is_latest)
            closed = timezone.localdate(one.closed_at) if one.closed_at else None
            step = Step(issue.step) if is_latest and not closed else None
            since = closed or (moved.get(one.pk, one.started_on) if is_latest else None)
            yield Line(issue, one, marks[one.pk][Milestone.HEARD], passed, step, since)


def _moved(issues: Iterable[int]) -> dict[int, dt.date]:
    """When each round last changed its step."""
    found = StepChange.objects.filter(round__issue__in=issues).order_by("at", "pk").values_list("round", "at")
    return {key: timezone.localdate(at) for key, at in found}


def _marks(rounds: dict[int, list[Round]], *, everything: bool) -> dict[int, Marks]:
    """The first day that each round passed each mark."""
    all_rounds = [one for its in rounds.values() for one in its]
    keys, passed = [one.pk for one in all_rounds], defaultdict[int, Marks](dict)
    sources = (_heard(rounds), _reported(rounds), _proposed(keys), _decided(keys), _worked(keys, everything=everything))
    for source in sources:
        for key, mark, day in source:
            passed[key][mark] = min(day, passed[key].get(mark, day))
    for one in all_rounds:
        marks = passed[one.pk]
        # A round after the first begins with itself, even if it listens in a time that was open before.
        first = marks.get(Milestone.HEARD, one.started_on)
        marks[Milestone.HEARD] = first if one.number == 1 else max(first, one.started_on)
        if one.closed_at and Milestone.ENDED not in marks:
            marks[Milestone.ENDED] = timezone.localdate(one.closed_at)
    return passed


Passed = Iterator[tuple[int, Milestone, dt.date]]


def _heard(rounds: dict[int, list[Round]]) -> Passed:
    """The first day of the earliest wave that somebody it rests on was heard in."""
    links = list(IssuePerspective.objects.filter(issue__in=rounds).values_list("issue", "perspective"))
    within = Perspective.objects.filter(collaboration__dialogues__issues__in=rounds)
    root = roots(within.order_by().distinct().merges())
    rests = Attachment.objects.current().filter(perspective__in=root, statement__in=Statement.objects.publishable())
    wave = "statement__wave"
    waves: dict[int, set[tuple[dt.date, dt.date | None]]] = defaultdict(set)
    for key, since, until in rests.values_list("perspective", f"{wave}__opens_on", f"{wave}__closes_on").distinct():
        waves[root[key]].add((since, until))
    for issue, key in links:
        for since, until in waves[root.get(key, key)]:
            yield round_on(rounds[issue], until).pk, Milestone.HEARD, since


def _reported(rounds: dict[int, list[Round]]) -> Passed:
    held = PublishedReport.objects.standing().filter(issues__in=rounds)
    for issue, at in held.values_list("issues", "published_at"):
        day = timezone.localdate(at)
        yield round_on(rounds[issue], day).pk, Milestone.REPORTED, day


def _proposed(rounds: list[int]) -> Passed:
    stood = Proposal.objects.filter(round__in=rounds, stands_since__isnull=False)
    for key, day in stood.values_list("round").annotate(first=Min("stands_since")).order_by():
        yield key, Milestone.PROPOSED, day


def _decided(rounds: list[int]) -> Passed:
    """The first time that all bodies had said yes; a decision that was replaced later held until then."""
    other = PartDecision.objects.filter(decision=OuterRef("decision")).exclude(answer__in=YES)
    asked = Exists(PartDecision.objects.filter(decision=OuterRef("decision")))
    held = DecidedIssue.objects.filter(asked, ~Exists(other), round__in=rounds, decision__settled_on__isnull=False)
    for key, day in held.values_list("round").annotate(first=Min("decision__settled_on")).order_by():
        yield key, Milestone.DECIDED, day


def _worked(rounds: list[int], *, everything: bool) -> Passed:
    """When the first activity began, and when all that had begun was over."""
    shown = Activity.objects.all() if everything else Activity.objects.public()
    begun = ActivityEvent.objects.filter(activity__in=shown.filter(round__in=rounds), state=ActivityState.RUNNING)
    for key, at in begun.values_list("activity__round").annotate(first=Min("at")).order_by():
        yield key, Milestone.STARTED, timezone.localdate(at)
    states: dict[int, list[tuple[str, dt.date | None, bool]]] = defaultdict(list)
    rows = shown.filter(round__in=rounds).values_list("round", "state", "ended_on", "started_under")
    for key, state, ended, under in rows:
        states[key].append((state, ended, under is not None))
    for key, its in states.items():
        ends = [ended for state, ended, began in its if state in ENDS and began and ended]
        if ends and all(state in ENDS for state, _, _ in its):
            yield key, Milestone.ENDED, max(ends)
