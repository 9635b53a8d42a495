"""The stages of a dialogue as shown on a given day, in the language of the page; its earlier rounds and issues."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import get_language

from dialogue.models import Dialogue, Issue, ProcessStage, ProcessStep
from dialogue.models.dialogue import Texts
from dialogue.rules.process_stages import StagePlace
from dialogue.rules.staircase import Step
from ostberga.lib.translations.languages import in_language, language_shown
from surveys.models import Channel, Wave


@dataclass(frozen=True)
class Stair:
    """A stage of the staircase as it is shown."""

    number: int
    names: Texts
    text: str  # what it is called in the round, in the dialogue's own words
    description: str
    state: str  # "past", "current" or "coming"
    when: str
    language: str = ""  # of text and description, when it differs from the language of the page
    round: int = 0  # the number of its round, when stages of several rounds are going on at once
    begins_again: bool = False  # whether issues begin here, also in a new round

    @property
    def is_current(self) -> bool:
        """Whether it goes on."""
        return self.state == "current"


def stairs(dialogue: Dialogue, today: dt.date | None = None) -> list[Stair]:
    """Return the stages of the latest planned round. Two queries.

    Where nobody has written any times, a dialogue that goes on is where its issues begin: whoever answers is in it.
    """
    today = today or timezone.localdate()
    stages, periods = list(dialogue.stages.all()), list(dialogue.steps.all())
    latest = max((period.round_number for period in periods), default=1)
    planned = {period.stage_id: period for period in periods if period.round_number == latest}
    # A new round has the words of earlier rounds until it has its own.
    described = {period.stage_id: period for period in periods}
    # A stage of an earlier round that is still going on is shown where the new round has not planned that stage.
    planned |= {at.stage_id: at for at in periods if at.stage_id not in planned and at.period.is_current(today)}
    shown = [_stair(stage, planned.get(stage.pk), described.get(stage.pk), today) for stage in stages]
    if not periods and dialogue.is_current:
        return _begun(shown)
    rounds = {planned[stage.pk].round_number for stage, stair in zip(stages, shown, strict=True) if stair.is_current}
    if len(rounds) < 2:
        return shown
    return [
        replace(stair, round=planned[stage.pk].round_number) if stair.is_current else stair
        for stage, stair in zip(stages, shown, strict=True)
    ]


def _begun(shown: Iterable[Stair]) -> list[Stair]:
    """The stages where issues begin at the one that goes on, and those before it are past."""
    reached = list(shown)
    first = next(place for place, stair in enumerate(reached) if stair.begins_again)
    past = [replace(stair, state="past") for stair in reached[:first]]
    return [*past, replace(reached[first], state="current"), *reached[first + 1 :]]


def _stair(stage: ProcessStage, planned: ProcessStep | None, described: ProcessStep | None, today: dt.date) -> Stair:
    language = get_language() or "sv"
    words = planned if planned and planned.description else described
    name = in_language(words.name, language) if words else ""
    description = words.description if words and words.description else stage.description
    used = language_shown(description, language) if description else language
    state = "coming"
    if planned is not None:
        coming_or_now = "current" if planned.period.is_current(today) else "coming"
        state = "past" if planned.period.is_past(today) else coming_or_now
    return Stair(
        number=stage.position,
        names=stage.name,
        text=name,
        description=in_language(description, language),
        state=state,
        when=planned.period.label(language) if planned else "",
        language=used if used != language else "",
        begins_again=stage.carries == Step.INTERVIEWS,
    )


@dataclass(frozen=True)
class EarlierRound:
    """A round before the latest one."""

    number: int
    periods: tuple[tuple[Texts, str], ...]  # the names of the stage, and when


def earlier_rounds(dialogue: Dialogue) -> list[EarlierRound]:
    """Return all rounds before the latest, oldest first. One query."""
    language = get_language() or "sv"
    rounds: dict[int, list[tuple[Texts, str]]] = {}
    for period in dialogue.steps.select_related("stage"):
        rounds.setdefault(period.round_number, []).append((period.stage.name, period.period.label(language)))
    latest = max(rounds, default=1)
    return [EarlierRound(number, tuple(rounds[number])) for number in sorted(rounds) if number < latest]


def answer_address(dialogue: Dialogue) -> str:
    """Return the address of the open form on the web; empty when none is open. Two queries at most."""
    open_surveys = Wave.objects.open().filter(survey__dialogues=dialogue).values("survey")
    channel = Channel.objects.filter(survey__in=open_surveys, is_web=True, closed_at__isnull=True).first()
    return channel.get_absolute_url() if channel else ""


@dataclass(frozen=True)
class StepOfIssues:
    """A stage and the public issues shown at it."""

    number: int  # 0 for closed issues
    stage: StagePlace | None  # None for closed issues
    issues: tuple[Issue, ...]


def issues_by_step(dialogue: Dialogue) -> list[StepOfIssues]:
    """Return the public issues by stage, in their order, leaving out stages without issues. Three queries.

    Closed issues come last, in a group of their own.
    """
    public = dialogue.issues.public().select_related("dialogue__collaboration")
    closed = set(dialogue.issues.public().answered().values_list("pk", flat=True))
    places: dict[int, StagePlace] = {}
    by_number: dict[int, list[Issue]] = {}
    for issue in public:
        place = dialogue.stage_at(issue.step)
        number = 0 if issue.pk in closed else place.number
        places[place.number] = place
        by_number.setdefault(number, []).append(issue)
    groups = [StepOfIssues(number, places[number], tuple(by_number[number])) for number in sorted(by_number) if number]
    return groups + ([StepOfIssues(0, None, tuple(by_number[0]))] if 0 in by_number else [])
