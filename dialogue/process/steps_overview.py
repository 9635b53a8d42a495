"""The steps of a dialogue as shown on a given day, in the language of the page; its earlier rounds and issues."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import get_language

from dialogue.models import Dialogue, Issue, ProcessStep
from dialogue.rules.staircase import Step
from ostberga.lib.translations.languages import in_language, language_shown
from surveys.models import Channel, Wave


@dataclass(frozen=True)
class Stair:
    """A step of the staircase as it is shown."""

    number: int
    name: str
    text: str  # the name of the step in the dialogue's own words
    description: str
    state: str  # "past", "current" or "coming"
    when: str
    language: str = ""  # of text and description, when it differs from the language of the page
    round: int = 0  # the number of its round, when steps of several rounds are going on at once


def stairs(dialogue: Dialogue, today: dt.date | None = None) -> list[Stair]:
    """Return the five steps of the latest planned round. One query.

    Where nobody has written any times, a dialogue that goes on is at its first step: whoever answers is in it.
    """
    today = today or timezone.localdate()
    steps = list(dialogue.steps.all())
    latest = max((step.round_number for step in steps), default=1)
    planned = {step.step: step for step in steps if step.round_number == latest}
    # A new round has the words of earlier rounds until it has its own.
    described = {step.step: step for step in steps}
    # A step of an earlier round that is still going on is shown where the new round has not planned that step.
    planned |= {step.step: step for step in steps if step.step not in planned and step.period.is_current(today)}
    shown = [_stair(step, planned.get(step), described.get(step), today) for step in Step]
    if not steps and dialogue.is_current:
        return [replace(shown[0], state="current"), *shown[1:]]
    rounds = {planned[stair.number].round_number for stair in shown if stair.state == "current"}
    if len(rounds) < 2:
        return shown
    return [
        replace(stair, round=planned[stair.number].round_number) if stair.state == "current" else stair
        for stair in shown
    ]


def _stair(step: Step, planned: ProcessStep | None, described: ProcessStep | None, today: dt.date) -> Stair:
    language = get_language() or "sv"
    words = planned if planned and planned.description else described
    name = in_language(words.name, language) if words else ""
    description = in_language(words.description, language) if words else ""
    used = language_shown(words.description, language) if words and words.description else language
    fallback = used if used != language else ""
    if planned is None:
        return Stair(step.value, str(step.label), name, description, "coming", "", fallback)
    coming_or_now = "current" if planned.period.is_current(today) else "coming"
    state = "past" if planned.period.is_past(today) else coming_or_now
    return Stair(step.value, str(step.label), name, description, state, planned.period.label(language), fallback)


@dataclass(frozen=True)
class EarlierRound:
    """A round before the latest one."""

    number: int
    periods: tuple[tuple[str, str], ...]  # the name of the step, and when


def earlier_rounds(steps: Iterable[ProcessStep]) -> list[EarlierRound]:
    """Return all rounds before the latest, oldest first."""
    language = get_language() or "sv"
    rounds: dict[int, list[tuple[str, str]]] = {}
    for step in steps:
        rounds.setdefault(step.round_number, []).append((str(step.get_step_display()), step.period.label(language)))
    latest = max(rounds, default=1)
    return [EarlierRound(number, tuple(rounds[number])) for number in sorted(rounds) if number < latest]


def answer_address(dialogue: Dialogue) -> str:
    """Return the address of the open form on the web; empty when none is open. Two queries at most."""
    open_surveys = Wave.objects.open().filter(survey__dialogues=dialogue).values("survey")
    channel = Channel.objects.filter(survey__in=open_surveys, is_web=True, closed_at__isnull=True).first()
    return channel.get_absolute_url() if channel else ""


@dataclass(frozen=True)
class StepOfIssues:
    """A step and the public issues at it."""

    number: int  # 0 for closed issues
    name: str
    issues: tuple[Issue, ...]


def issues_by_step(dialogue: Dialogue) -> list[StepOfIssues]:
    """Return the public issues by step, in the order of the staircase, leaving out steps without issues. Two queries.

    Closed issues come last, in a group of their own.
    """
    public = dialogue.issues.public().select_related("dialogue__collaboration")
    closed = set(dialogue.issues.public().answered().values_list("pk", flat=True))
    by_step: dict[int, list[Issue]] = {}
    for issue in public:
        by_step.setdefault(0 if issue.pk in closed else issue.step, []).append(issue)
    groups = [StepOfIssues(step.value, str(step.label), tuple(by_step[step])) for step in Step if step in by_step]
    return groups + ([StepOfIssues(0, "", tuple(by_step[0]))] if 0 in by_step else [])
