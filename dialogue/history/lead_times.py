"""Lead times: when each round of an issue passed its milestones, how many days each stage took, and the medians.

A constant number of queries for any number of issues.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Exists, Min, OuterRef
from django.utils import timezone

from dialogue.issues.separate_forms import forms_apart
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
from dialogue.rules.process_stages import StagePlace
from surveys.models import Attachment, Perspective, Statement
from surveys.rules.lineage import roots

DaysByMilestone = dict[Milestone, dt.date]
PassedMilestones = Iterator[tuple[int, Milestone, dt.date]]  # the key of a round, and a day it passed the milestone


@dataclass(frozen=True)
class LeadTimeRow:
    """A round of an issue: how long its stages took, and where it stands."""

    issue: Issue
    round: Round
    heard: dt.date
    stages: tuple[Stage, ...]
    stage: StagePlace | None  # where the issue stands; None when the round is closed or a later one has started
    since: dt.date | None  # when it came to that stage, or when the round was closed


@dataclass(frozen=True)
class LeadTimeTable:
    """The rounds of all issues, with the typical duration of each stage."""

    rows: tuple[LeadTimeRow, ...]
    typical_durations: tuple[TypicalDuration, ...]
    milestones: tuple[Milestone, ...] = STAGE_ENDS


def build_public_table(dialogue: Dialogue) -> LeadTimeTable:
    """Lead times of the public issues, without the days of stages still under way.

    The page is cached until something public changes, so it may not show numbers that grow from day to day.
    """
    return _build_table(dialogue.issues.public(), None, everything=False)


def build_coordinator_table(dialogue: Dialogue, today: dt.date | None = None) -> LeadTimeTable:
    """Lead times of all issues, with the days so far of stages still under way."""
    return _build_table(dialogue.issues.all(), today or timezone.localdate(), everything=True)


def _build_table(issues: IssueQuerySet, today: dt.date | None, *, everything: bool) -> LeadTimeTable:
    rows = list(
        _build_rows(
            issues.select_related("dialogue__collaboration").prefetch_related("dialogue__stages"),
            today,
            everything=everything,
        )
    )
    typical = typical_durations(row.stages for row in rows)
    longest = max((stage.days or 0 for row in rows for stage in row.stages), default=0)
    return LeadTimeTable(
        tuple(replace(row, stages=_with_bars(row.stages, longest)) for row in rows),
        tuple(replace(duration, bar_percent=bar_percent(duration.median, longest)) for duration in typical),
    )


def _with_bars(stages: Iterable[Stage], longest: int) -> tuple[Stage, ...]:
    return tuple(replace(stage, bar_percent=bar_percent(stage.days, longest)) for stage in stages)


def _build_rows(queryset: IssueQuerySet, today: dt.date | None, *, everything: bool) -> Iterator[LeadTimeRow]:
    issues = {issue.pk: issue for issue in queryset}
    rounds: dict[int, list[Round]] = defaultdict(list)
    for round_ in Round.objects.filter(issue__in=issues).order_by("number"):
        rounds[round_.issue_id].append(round_)
    days, moved = _days_by_milestone(rounds, everything=everything), _last_moves(issues)
    for key, issue in issues.items():
        for round_ in reversed(rounds[key]):
            is_latest = round_ is rounds[key][-1]
            stages = measure_stages(days[round_.pk], today, is_over=round_.is_closed or not is_latest)
            closed = timezone.localdate(round_.closed_at) if round_.closed_at else None
            stage = issue.stage if is_latest and not closed else None
            since = closed or (moved.get(round_.pk, round_.started_on) if is_latest else None)
            yield LeadTimeRow(issue, round_, days[round_.pk][Milestone.HEARD], stages, stage, since)


def _last_moves(issues: Iterable[int]) -> dict[int, dt.date]:
    """The day of the last step change of each round, by the round's key."""
    changes = StepChange.objects.filter(round__issue__in=issues).order_by("at", "pk").values_list("round", "at")
    return {key: timezone.localdate(at) for key, at in changes}


def _days_by_milestone(rounds: dict[int, list[Round]], *, everything: bool) -> dict[int, DaysByMilestone]:
    """The first day that each round passed each milestone, by the round's key."""
    all_rounds = [round_ for rounds_of_issue in rounds.values() for round_ in rounds_of_issue]
    keys, passed = [round_.pk for round_ in all_rounds], defaultdict[int, DaysByMilestone](dict)
    sources = (_heard(rounds), _reported(rounds), _proposed(keys), _decided(keys), _worked(keys, everything=everything))
    for source in sources:
        for key, milestone, day in source:
            passed[key][milestone] = min(day, passed[key].get(milestone, day))
    for round_ in all_rounds:
        days = passed[round_.pk]
        # A later round is heard from its own start, even when its wave was already open before that.
        first = days.get(Milestone.HEARD, round_.started_on)
        days[Milestone.HEARD] = first if round_.number == 1 else max(first, round_.started_on)
        if round_.closed_at and Milestone.ENDED not in days:
            days[Milestone.ENDED] = timezone.localdate(round_.closed_at)
    return passed


def _heard(rounds: dict[int, list[Round]]) -> PassedMilestones:
    """The first days of the waves with statements that may be quoted under the perspectives of each issue."""
    links = list(IssuePerspective.objects.filter(issue__in=rounds).values_list("issue", "perspective"))
    within = Perspective.objects.filter(collaboration__dialogues__issues__in=rounds)
    root = roots(within.order_by().distinct().merges())
    apart = _forms_apart(rounds)
    publishable = Statement.objects.publishable().exclude(wave__survey__in=apart)
    attachments = Attachment.objects.current().filter(perspective__in=root, statement__in=publishable)
    wave = "statement__wave"
    waves: dict[int, set[tuple[dt.date, dt.date | None]]] = defaultdict(set)
    for key, since, until in attachments.values_list(
        "perspective", f"{wave}__opens_on", f"{wave}__closes_on"
    ).distinct():
        waves[root[key]].add((since, until))
    for issue, key in links:
        for since, until in waves[root.get(key, key)]:
            yield round_on(rounds[issue], until).pk, Milestone.HEARD, since


def _forms_apart(issues: Iterable[int]) -> set[int]:
    """The forms that are heard in another dialogue. The issues of one table are those of one dialogue."""
    dialogues = Issue.objects.filter(pk__in=[*issues]).values_list("dialogue", flat=True).order_by().distinct()
    return {form for forms in forms_apart(dialogues).values() for form in forms}


def _reported(rounds: dict[int, list[Round]]) -> PassedMilestones:
    reports = PublishedReport.objects.standing().filter(issues__in=rounds)
    for issue, at in reports.values_list("issues", "published_at"):
        day = timezone.localdate(at)
        yield round_on(rounds[issue], day).pk, Milestone.REPORTED, day


def _proposed(rounds: list[int]) -> PassedMilestones:
    proposals = Proposal.objects.filter(round__in=rounds, stands_since__isnull=False)
    for key, day in proposals.values_list("round").annotate(first=Min("stands_since")).order_by():
        yield key, Milestone.PROPOSED, day


def _decided(rounds: list[int]) -> PassedMilestones:
    """The first day that all bodies had said yes, also to decisions that have been superseded since."""
    not_approved = PartDecision.objects.filter(decision=OuterRef("decision")).exclude(answer__in=YES)
    has_parts = Exists(PartDecision.objects.filter(decision=OuterRef("decision")))
    approved = DecidedIssue.objects.filter(
        has_parts, ~Exists(not_approved), round__in=rounds, decision__settled_on__isnull=False
    )
    for key, day in approved.values_list("round").annotate(first=Min("decision__settled_on")).order_by():
        yield key, Milestone.DECIDED, day


def _worked(rounds: list[int], *, everything: bool) -> PassedMilestones:
    """The day the first activity began, and the day the last one ended if none is still to end."""
    activities = Activity.objects.all() if everything else Activity.objects.public()
    begun = ActivityEvent.objects.filter(activity__in=activities.filter(round__in=rounds), state=ActivityState.RUNNING)
    for key, at in begun.values_list("activity__round").annotate(first=Min("at")).order_by():
        yield key, Milestone.STARTED, timezone.localdate(at)
    states: dict[int, list[tuple[str, dt.date | None, bool]]] = defaultdict(list)
    rows = activities.filter(round__in=rounds).values_list("round", "state", "ended_on", "started_under")
    for key, state, ended, decision in rows:
        states[key].append((state, ended, decision is not None))
    for key, states_of_round in states.items():
        ends = [ended for state, ended, began in states_of_round if state in ENDS and began and ended]
        if ends and all(state in ENDS for state, _, _ in states_of_round):
            yield key, Milestone.ENDED, max(ends)
