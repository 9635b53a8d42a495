"""The boxes and rows of the coordinator's week, the most urgent first, and days and deadlines in words. Pure."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format

ROWS_SHOWN = 10
WEEK = dt.timedelta(days=7)  # what is due within it belongs to this week
SOON = dt.timedelta(days=14)


@dataclass(frozen=True)
class WeekRow:
    """Something to do: what it is, whom it concerns, since or until when, and the page where it is done."""

    what: str
    where: str = ""  # URL name below `coordinate:`
    key: int | None = None
    who: str = ""
    when: str = ""
    number: int | None = None
    is_late: bool = False
    order: dt.date | None = None  # the day to sort by; rows without one come last
    link: Callable[[], str] | None = None  # returns the address, when it needs more than `where` and `key`

    def address(self, slug: str) -> str:
        """Return the address of the page where it is done."""
        if self.link:
            return self.link()
        keys = [] if self.key is None else [self.key]
        return reverse(f"coordinate:{self.where}", args=[slug, *keys])


@dataclass(frozen=True)
class WeekBox:
    """A box with rows of one kind. `name` identifies it in addresses."""

    name: str
    title: str
    rows: Sequence[WeekRow]
    slug: str
    is_whole: bool = False

    @property
    def visible_rows(self) -> list[tuple[WeekRow, str]]:
        """The rows that are shown, each with its address."""
        rows = self.rows if self.is_whole else self.rows[:ROWS_SHOWN]
        return [(row, row.address(self.slug)) for row in rows]

    @property
    def has_more(self) -> bool:
        """Whether there are more rows than are shown."""
        return not self.is_whole and len(self.rows) > ROWS_SHOWN

    @property
    def late_count(self) -> int:
        """How many of the rows are late."""
        return sum(1 for row in self.rows if row.is_late)


def build_boxes(slug: str, boxes: Iterable[tuple[str, str, Iterable[WeekRow]]], whole: str = "") -> list[WeekBox]:
    """Return the boxes that have rows, those with late rows first, else in the order given.

    `boxes` are (name, title, rows); `whole` is the name of the box that shows all its rows. In a box late rows come
    first, then those with the earliest day.
    """
    built = [WeekBox(name, title, sorted(rows, key=_row_order), slug, name == whole) for name, title, rows in boxes]
    return sorted((box for box in built if box.rows), key=_has_nothing_late)


def _has_nothing_late(box: WeekBox) -> bool:
    return not box.late_count


def _row_order(row: WeekRow) -> tuple[bool, dt.date]:
    return not row.is_late, row.order or dt.date.max


def day_in_words(on: dt.date, today: dt.date) -> str:
    """Return a day in words, with the year only when it is another than this."""
    return date_format(on, "j F" if on.year == today.year else "j F Y")


def due_in_words(on: dt.date | None, today: dt.date) -> str:
    """Return in words when something is or was due; empty without a day."""
    if on is None:
        return ""
    if on < today:
        return f"skulle ha kommit {day_in_words(on, today)}"
    near = {0: "i dag", 1: "i morgon"}.get((on - today).days)
    return f"senast {near or day_in_words(on, today)}"


def since_in_words(on: dt.date | None, today: dt.date) -> str:
    """Return in words since when something waits; empty without a day."""
    return f"sedan {day_in_words(on, today)}" if on else ""
