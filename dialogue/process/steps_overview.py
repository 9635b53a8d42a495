"""What the staircase of a dialogue looks like on a given day, in the reader's language."""

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
    """One step as people see it."""

    number: int
    name: str
    text: str  # the step in the dialogue's own few words
    description: str
    state: str  # "past", "current" or "coming"
    when: str
    language: str = ""  # of text and description, when it is not the page's own
    round: int = 0  # which round it concerns, when steps of several rounds go on beside each other


def stairs(dialogue: Dialogue, today: dt.date | None = None) -> list[Stair]:
    """The five steps of the latest round that has been planned. One query."""
    today = today or timezone.localdate()
    steps = list(dialogue.steps.all())
    latest = max((step.round_number for step in steps), default=1)
    planned = {step.step: step for step in steps if step.round_number == latest}
    # A new round borrows its words from the one before until it has its own.
    described = {step.step: step for step in steps}
    # What an earlier round left open goes on beside the new one.
    planned |= {step.step: step for step in steps if step.step not in planned and step.period.is_current(today)}
    found = [_stair(step, planned.get(step), described.get(step), today) for step in Step]
    rounds = {planned[one.number].round_number for one in found if one.state == "current"}
    if len(rounds) < 2:
        return found
    return [replace(one, round=planned[one.number].round_number) if one.state == "current" else one for one in found]


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
    """A round of the staircase that lies behind us."""

    number: int
    periods: tuple[tuple[str, str], ...]  # the step's name, and when


def earlier_rounds(steps: Iterable[ProcessStep]) -> list[EarlierRound]:
    """All rounds before the latest, oldest first."""
    language = get_language() or "sv"
    rounds: dict[int, list[tuple[str, str]]] = {}
    for step in steps:
        rounds.setdefault(step.round_number, []).append((str(step.get_step_display()), step.period.label(language)))
    latest = max(rounds, default=1)
    return [EarlierRound(number, tuple(rounds[number])) for number in sorted(rounds) if number < latest]


def answer_address(dialogue: Dialogue) -> str:
    """Where to answer on the web right now; empty when no form is open. One query."""
    open_surveys = Wave.objects.open().filter(survey__dialogues=dialogue).values("survey")
    channel = Channel.objects.filter(survey__in=open_surveys, is_web=True, closed_at__isnull=True).first()
    return channel.get_absolute_url() if channel else ""


@dataclass(frozen=True)
class StepOfIssues:
    """A step and the public issues that stand at it."""

    number: int  # 0: they are closed
    name: str
    issues: tuple[Issue, ...]


def issues_by_step(dialogue: Dialogue) -> list[StepOfIssues]:
    """Public issues grouped by step, in the order of the staircase; steps without issues are left out. Two queries.

    Those that have their answer come last, in a group of their own.
    """
    public = dialogue.issues.public().select_related("dialogue__collaboration")
    over = set(dialogue.issues.public().answered().values_list("pk", flat=True))
    standing: dict[int, list[Issue]] = {}
    for issue in public:
        standing.setdefault(0 if issue.pk in over else issue.step, []).append(issue)
    groups = [StepOfIssues(step.value, str(step.label), tuple(standing[step])) for step in Step if step in standing]
    return groups + ([StepOfIssues(0, "", tuple(standing[0]))] if 0 in standing else [])
