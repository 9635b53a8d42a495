"""Boxes of things to do, the most urgent first, ten rows at a time; and days in the words of a working week. Pure."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.formats import date_format

ROWS_SHOWN = 10
WEEK = dt.timedelta(days=7)  # what comes within it belongs to this week
SOON = dt.timedelta(days=14)


@dataclass(frozen=True)
class WeekRow:
    """Something to do: what, who it is about or waits for, since or until when, and where it is done."""

    what: str
    where: str = ""  # the name of an address below /samordna/<samverkan>/
    key: int | None = None
    who: str = ""
    when: str = ""
    number: int | None = None
    is_late: bool = False
    order: dt.date | None = None  # the day it is put in order by; what has none comes last
    link: Callable[[], str] | None = None  # where it is done, when the address is made from more than a key

    def address(self, slug: str) -> str:
        """The page with the form, or the list of what it is about."""
        if self.link:
            return self.link()
        keys = [] if self.key is None else [self.key]
        return reverse(f"coordinate:{self.where}", args=[slug, *keys])


@dataclass(frozen=True)
class WeekBox:
    """Rows of one kind. `name` is what an address calls it."""

    name: str
    title: str
    rows: Sequence[WeekRow]
    slug: str
    is_whole: bool = False

    @property
    def shown(self) -> list[tuple[WeekRow, str]]:
        """The rows that are seen, each with its address."""
        rows = self.rows if self.is_whole else self.rows[:ROWS_SHOWN]
        return [(one, one.address(self.slug)) for one in rows]

    @property
    def hides(self) -> bool:
        """Whether there are more rows than are seen."""
        return not self.is_whole and len(self.rows) > ROWS_SHOWN

    @property
    def late(self) -> int:
        """How many of them somebody has waited for too long."""
        return sum(1 for one in self.rows if one.is_late)


def build_boxes(slug: str, boxes: Iterable[tuple[str, str, Iterable[WeekRow]]], whole: str = "") -> list[WeekBox]:
    """Those that have rows: first those with something late, else as they were given. Late and early rows first."""
    found = [WeekBox(name, title, sorted(rows, key=_place), slug) for name, title, rows in boxes]
    shown = [replace(one, is_whole=one.name == whole) for one in found if one.rows]
    return sorted(shown, key=_has_nothing_late)


def _has_nothing_late(box: WeekBox) -> bool:
    return not box.late


def _place(row: WeekRow) -> tuple[bool, dt.date]:
    return not row.is_late, row.order or dt.date.max


def day_in_words(on: dt.date, today: dt.date) -> str:
    """A day in words; the year only when it is another."""
    return date_format(on, "j F" if on.year == today.year else "j F Y")


def due_in_words(on: dt.date | None, today: dt.date) -> str:
    """When an answer is or was due."""
    if on is None:
        return ""
    if on < today:
        return f"skulle ha kommit {day_in_words(on, today)}"
    near = {0: "i dag", 1: "i morgon"}.get((on - today).days)
    return f"senast {near or day_in_words(on, today)}"


def since_in_words(on: dt.date | None, today: dt.date) -> str:
    """Since when something waits."""
    return f"sedan {day_in_words(on, today)}" if on else ""
