"""How long each step of an issue took, and what is usual: days between the marks that a round passes. Pure."""

import datetime as dt
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

FEWEST = 3  # so many are needed before one number stands for all of them
PARTS = 100  # the length of the longest bar


class Mark(models.IntegerChoices):
    """What a round passes, in the order it is meant to; named as the way there."""

    HEARD = 0, "vi lyssnade"
    REPORTED = 1, _("till rapport")
    PROPOSED = 2, _("till förslag")
    DECIDED = 3, _("till beslut")
    STARTED = 4, _("tills det började")
    ENDED = 5, _("tills det var klart")


# A stride is the way to a mark from the one before it.
STRIDES = tuple(mark for mark in Mark if mark is not Mark.HEARD)


@dataclass(frozen=True)
class Stride:
    """The way to one mark: when it was reached and how many days it took, or how long it has been going on."""

    to: Mark
    on: dt.date | None = None  # when the mark was reached
    days: int | None = None  # None when it cannot be said: a mark was skipped, or came in another order
    is_now: bool = False  # it goes on today
    part: int = 0  # of the longest, in hundredths

    @property
    def is_reached(self) -> bool:
        """Whether it lies behind."""
        return self.on is not None


@dataclass(frozen=True)
class Usual:
    """What a stride usually takes: the median when enough have made it, else each number by itself."""

    to: Mark
    number: int
    median: int | None
    each: tuple[int, ...] = ()
    part: int = 0


def strides(marks: Mapping[Mark, dt.date], today: dt.date | None, *, is_over: bool) -> tuple[Stride, ...]:
    """The five strides of a round. The first mark not reached after the last that was is where it is now.

    Without `today` the days so far are not told: a page that is kept must not count them.
    """
    reached = max(marks, default=None)
    found = []
    for to in STRIDES:
        before, on = marks.get(Mark(to - 1)), marks.get(to)
        is_now = not is_over and on is None and reached == to - 1
        until = on or (today if is_now else None)
        days = (until - before).days if until and before and until >= before else None
        found.append(Stride(to, on, days, is_now))
    return tuple(found)


def usual(rounds: Iterable[Iterable[Stride]]) -> tuple[Usual, ...]:
    """What each stride takes, of those that have been made from end to end."""
    took: dict[Mark, list[int]] = {to: [] for to in STRIDES}
    for one in rounds:
        for stride in one:
            if stride.is_reached and stride.days is not None:
                took[stride.to].append(stride.days)
    return tuple(_usual(to, sorted(days)) for to, days in took.items())


def _usual(to: Mark, days: list[int]) -> Usual:
    if len(days) < FEWEST:
        return Usual(to, len(days), None, tuple(days))
    return Usual(to, len(days), round(statistics.median(days)))


def part_of(days: int | None, longest: int) -> int:
    """How long a bar is beside the longest one; what took any time at all can be seen."""
    if days is None or longest <= 0:
        return 0
    return max(2, round(PARTS * days / longest)) if days else 1
