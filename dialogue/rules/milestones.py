"""Milestones of a round, the days between them, and how long each stage typically takes. Pure."""

import datetime as dt
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

MIN_FOR_MEDIAN = 3  # with fewer durations than this they are listed one by one
LONGEST_BAR = 100  # per cent


class Milestone(models.IntegerChoices):
    """Milestones of a round, in expected order. The label names the stage that ends at the milestone."""

    HEARD = 0, "vi lyssnade"
    REPORTED = 1, _("till rapport")
    PROPOSED = 2, _("till förslag")
    DECIDED = 3, _("till beslut")
    STARTED = 4, _("tills det började")
    ENDED = 5, _("tills det var klart")


# A stage runs from one milestone to the next and is named after the milestone that ends it.
STAGE_ENDS = tuple(milestone for milestone in Milestone if milestone is not Milestone.HEARD)


@dataclass(frozen=True)
class Stage:
    """The stage that ends at a milestone: when that was reached, and how many days the stage took or has taken."""

    milestone: Milestone
    reached_on: dt.date | None = None
    days: int | None = None  # None when it cannot be counted: a milestone was skipped, or reached in another order
    is_current: bool = False  # the round is in this stage today
    bar_percent: int = 0  # length of the bar, in per cent of the longest one

    @property
    def is_reached(self) -> bool:
        """Whether the milestone has been reached."""
        return self.reached_on is not None


@dataclass(frozen=True)
class TypicalDuration:
    """How many days a stage usually takes: the median, or each duration when there are too few for a median."""

    milestone: Milestone
    count: int
    median: int | None
    durations: tuple[int, ...] = ()
    bar_percent: int = 0


def measure_stages(
    milestones: Mapping[Milestone, dt.date], today: dt.date | None, *, is_over: bool
) -> tuple[Stage, ...]:
    """Return the five stages of a round. The current one follows the last milestone reached, unless the round is over.

    Without `today` the days of the current stage are not counted: the page is cached, and the number would grow old.
    """
    last_reached = max(milestones, default=None)
    stages = []
    for milestone in STAGE_ENDS:
        before, reached_on = milestones.get(Milestone(milestone - 1)), milestones.get(milestone)
        is_current = not is_over and reached_on is None and last_reached == milestone - 1
        until = reached_on or (today if is_current else None)
        days = (until - before).days if until and before and until >= before else None
        stages.append(Stage(milestone, reached_on, days, is_current))
    return tuple(stages)


def typical_durations(rounds: Iterable[Iterable[Stage]]) -> tuple[TypicalDuration, ...]:
    """Return the typical duration of each stage, counting only the stages that are finished."""
    days: dict[Milestone, list[int]] = {milestone: [] for milestone in STAGE_ENDS}
    for stages in rounds:
        for stage in stages:
            if stage.is_reached and stage.days is not None:
                days[stage.milestone].append(stage.days)
    return tuple(_typical_duration(milestone, sorted(durations)) for milestone, durations in days.items())


def _typical_duration(milestone: Milestone, durations: list[int]) -> TypicalDuration:
    if len(durations) < MIN_FOR_MEDIAN:
        return TypicalDuration(milestone, len(durations), None, tuple(durations))
    return TypicalDuration(milestone, len(durations), round(statistics.median(durations)))


def bar_percent(days: int | None, longest: int) -> int:
    """Return the length of a bar in per cent of the longest: at least 1 for 0 days and 2 for more, so that it shows."""
    if days is None or longest <= 0:
        return 0
    return max(2, round(LONGEST_BAR * days / longest)) if days else 1
