"""The stages of a dialogue, and at which of them an issue is shown. Pure: no database, no clock.

Issues climb the five steps of `dialogue.rules.staircase`, whose gates they pass. A dialogue shows them in stages of its
own: each carries one of the steps, or none. The step is the engine; the stage is the word for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property

from dialogue.rules.staircase import Step

FEWEST, MOST = 2, 12  # stages of a dialogue
BAR_LEVELS = 10  # heights of the bars of the small staircase


@dataclass(frozen=True)
class StagePlace:
    """Where an issue is shown: the stage's number of how many, and its name per language."""

    number: int
    total: int
    names: Mapping[str, str]

    def __str__(self) -> str:
        return self.names.get("sv", "")

    @property
    def bars(self) -> "list[tuple[int, bool]]":
        """The bars of the small staircase: the height of each, from 1 to BAR_LEVELS, and whether it is reached."""
        rise = (BAR_LEVELS - 3) / max(self.total - 1, 1)
        return [(round(3 + rise * before), before < self.number) for before in range(self.total)]


def in_words(place: StagePlace, step: Step) -> str:
    """Return the Swedish name of the stage, and the step in parentheses where it has another name. For staff."""
    return str(place) if str(place) == str(step.label) else f"{place} ({step.label})"


def place_of(step: Step, steps: Sequence[Step | None]) -> int:
    """Return the number, from 1, of the stage at which an issue at `step` is shown. `steps`: what each stage carries.

    That is the stage that carries the step. If it is left out, the issue is shown at the nearest earlier step that is
    there. Raises ValueError when no earlier step is there either, which `problem_with` refuses.
    """
    carried = [(carries, number) for number, carries in enumerate(steps, 1) if carries is not None and carries <= step]
    return max(carried)[1]


def steps_shown_at(number: int, steps: Sequence[Step | None]) -> list[Step]:
    """Return the steps whose issues are shown at the stage with this number; none for a stage without a step."""
    return [step for step in Step if place_of(step, steps) == number]


@dataclass(frozen=True)
class StageProblem:
    """Why stages cannot work, said to the coordinator. `number`: the stage it is about, from 1; 0 for all of them."""

    number: int
    text: str


def problem_with(steps: Sequence[Step | None]) -> StageProblem | None:
    """Return the first reason why a dialogue cannot have stages that carry these steps, in their order; else None."""
    return next(_problems(steps), None)


def _problems(steps: Sequence[Step | None]) -> Iterator[StageProblem]:
    if not FEWEST <= len(steps) <= MOST:
        yield StageProblem(0, f"En dialog har minst {FEWEST} och högst {MOST} steg. Nu är de {len(steps)}.")
    if Step.INTERVIEWS not in steps:
        text = f"Ett steg ska ha spärren «{Step.INTERVIEWS.label}»: där börjar varje fråga."
        yield StageProblem(0, text)
    before: Step | None = None
    for number, step in enumerate(steps, 1):
        if step is not None and step in steps[: number - 1]:
            yield StageProblem(
                number, f"Spärren «{step.label}» finns redan på ett annat steg. Välj en annan, eller ingen."
            )
        if step is not None and before is not None and step < before:
            text = f"«{step.label}» kommer före «{before.label}»: frågorna passerar spärrarna i den ordningen."
            yield StageProblem(number, f"{text} Flytta steget, eller byt spärr.")
        before = step if step is not None else before


class ShowsIssuesAtStages:
    """A dialogue's answer to where an issue is shown. `stages` are its rows, in their order."""

    stages: Any

    @cached_property
    def named_stages(self) -> list[tuple[Step | None, Mapping[str, str]]]:
        """The step that each of its stages carries, and its names. One query, or none where `stages` is prefetched."""
        return [(stage.carries, stage.name) for stage in self.stages.all()]

    def stage_at(self, step: int) -> StagePlace:
        """Where it shows an issue that stands at this step: the stage that carries it, else the nearest before it."""
        stages = self.named_stages
        number = place_of(Step(step), [carries for carries, _ in stages])
        return StagePlace(number, len(stages), stages[number - 1][1])
