"""The one rule for publishing how many people were in each group, so that no small group can be worked out. Pure.

Numbers are published as spans. What decides how much is published is itself published, so that a reader who knows the
rule learns nothing from it (ADR 34): `tests/lib/test_small_numbers.py` tries every table. With `minimum` 6:

- Of fewer than six people in all, only that is said.
- If some table has no group of six, the tables tell who was heard and who is missing, without numbers.
- Else a group of 1–5 is «färre än 6», other groups stand in steps of five, and each table's largest group only as what
  the total leaves for it. It has no upper bound of its own: so the tables do not bound the total, nor each other.
- The total stands in a step of five too, but the first one begins at the least that the tables admit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

UNKNOWN = _("visas inte")


@dataclass(frozen=True)
class NumberSpan:
    """All that is published of a number: that it is at least `least` and at most `most`; None is no bound."""

    least: int
    most: int | None

    def __add__(self, other: "NumberSpan") -> "NumberSpan":
        most = None if self.most is None or other.most is None else self.most + other.most
        return NumberSpan(self.least + other.least, most)

    @property
    def words(self) -> str:
        """The span in the reader's language: «0», «färre än 6», «11–15», «minst 6» or «visas inte»."""
        if self.most is None:
            return gettext("minst %(number)s") % {"number": self.least} if self.least > 1 else str(UNKNOWN)
        if self.least == self.most:
            return str(self.least)
        if self.least <= 1:
            return gettext("färre än %(number)s") % {"number": self.most + 1}
        return f"{self.least}–{self.most}"

    @property
    def middle(self) -> int | None:
        """The number in the middle, to draw a bar by; None when the group is small or nothing is published of it."""
        if self.most is None or (self.least <= 1 and self.most):
            return None
        return (self.least + self.most) // 2


NOBODY, SOMEBODY, NOTHING = NumberSpan(0, 0), NumberSpan(1, None), NumberSpan(0, None)


@dataclass(frozen=True)
class PublishedTables:
    """What is published of some tables that divide the same people: one span for all, and one for each group."""

    total: NumberSpan
    tables: tuple[tuple[NumberSpan, ...], ...]
    has_numbers: bool  # whether every table has a group that is large enough
    largest: tuple[int | None, ...] = ()  # the place of each table's largest group, when there are numbers


def publish(tables: Sequence[Sequence[int]], minimum: int) -> PublishedTables:
    """What may be published of the tables. Raises ValueError if they do not divide the same number of people."""
    total = sum(tables[0])
    if any(sum(table) != total for table in tables):
        raise ValueError("The tables do not divide the same people.")
    if not total:
        return PublishedTables(NOBODY, tuple((NOBODY,) * len(table) for table in tables), has_numbers=False)
    if total < minimum:
        nothing = tuple((NOTHING,) * len(table) for table in tables)
        return PublishedTables(NumberSpan(1, minimum - 1), nothing, has_numbers=False)
    if any(max(table) < minimum for table in tables):
        heard = tuple(tuple(SOMEBODY if number else NOBODY for number in table) for table in tables)
        least = max(minimum, *(sum(span.least for span in table) for table in heard))
        return PublishedTables(total_span(total, least, minimum), heard, has_numbers=False)
    return _with_numbers(total, tables, minimum)


def step_span(number: int, minimum: int) -> NumberSpan:
    """The step that a number of people lies in: 0, 1–5, 6–10, 11–15 … when `minimum` is 6."""
    step = minimum - 1
    return NumberSpan((number - 1) // step * step + 1, -(-number // step) * step) if number else NOBODY


def total_span(total: int, least: int, minimum: int) -> NumberSpan:
    """The span of a total that is known to be at least `least`: its step, but the first reaches a step above `least`.

    So no group is bound to be at its smallest.
    """
    step = minimum - 1
    first = -(-(least + step - 1) // step) * step
    return NumberSpan(least, first) if total <= first else step_span(total, minimum)


def _with_numbers(total: int, tables: Sequence[Sequence[int]], minimum: int) -> PublishedTables:
    places = tuple(table.index(max(table)) for table in tables)
    open_tables = [_opened(table, place, minimum) for table, place in zip(tables, places, strict=True)]
    least = max(sum(span.least for span in spans) for spans in open_tables)
    everyone = total_span(total, least, minimum)
    spans = tuple(_closed(spans, place, everyone) for spans, place in zip(open_tables, places, strict=True))
    return PublishedTables(everyone, spans, has_numbers=True, largest=places)


def _opened(table: Sequence[int], place: int, minimum: int) -> list[NumberSpan]:
    """The groups in their steps, and the largest as at least the second largest's step."""
    spans = [step_span(number, minimum) for number in table]
    spans[place] = NumberSpan(max([minimum, *(span.least for span in spans[:place] + spans[place + 1 :])]), None)
    return spans


def _closed(spans: list[NumberSpan], place: int, everyone: NumberSpan) -> tuple[NumberSpan, ...]:
    """The same with what the total leaves for the largest: a sum that any reader could do."""
    others = spans[:place] + spans[place + 1 :]
    least, most = sum(span.least for span in others), sum(span.most or 0 for span in others)
    largest = NumberSpan(max(spans[place].least, everyone.least - most), (everyone.most or 0) - least)
    return (*spans[:place], largest, *spans[place + 1 :])
