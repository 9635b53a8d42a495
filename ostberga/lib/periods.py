"""Periods of days, months, seasons or years, with or without an end. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from django.db.models import TextChoices

from ostberga.lib.period_words import WORDS, PeriodWords


class Precision(TextChoices):
    """The precision of a period, from finest to coarsest."""

    DAY = "day", "dag"
    MONTH = "month", "månad"
    SEASON = "season", "årstid"
    YEAR = "year", "år"


class Season(TextChoices):
    """The four seasons as the weather service counts them; winter begins in December and spans the year's end."""

    SPRING = "spring", "vår"
    SUMMER = "summer", "sommar"
    AUTUMN = "autumn", "höst"
    WINTER = "winter", "vinter"


FIRST_MONTH = {Season.SPRING: 3, Season.SUMMER: 6, Season.AUTUMN: 9, Season.WINTER: 12}
_SEASONS = tuple(Season)
_PRECISIONS = tuple(Precision)


def season_of(day: date) -> Season:
    """Return the season of a day."""
    return _SEASONS[(day.month - 3) % 12 // 3]


def season_year(day: date) -> int:
    """Return the year in which the season of this day began: January 2017 belongs to the winter of 2016."""
    return day.year - 1 if day.month < 3 else day.year


@total_ordering
@dataclass(frozen=True)
class Period:
    """A span of days, both ends included. `end` is None while no end is known."""

    start: date
    end: date | None
    precision: Precision

    def __post_init__(self) -> None:
        """Convert a plain string from the database to a Precision. Raises ValueError if the end precedes the start."""
        object.__setattr__(self, "precision", Precision(self.precision))
        if self.end is not None and self.end < self.start:
            raise ValueError("Perioden slutar innan den börjar.")

    @classmethod
    def covering(cls, start: date, end: date | None, precision: Precision) -> "Period":
        """Return the whole days, months, seasons or years that contain these two dates."""
        return cls(_first_day(start, precision), None if end is None else _last_day(end, precision), precision)

    @classmethod
    def from_day(cls, day: date) -> "Period":
        """Return the period of one day."""
        return cls(day, day, Precision.DAY)

    @classmethod
    def from_month(cls, year: int, month: int) -> "Period":
        """Return the period of one month."""
        day = date(year, month, 1)
        return cls.covering(day, day, Precision.MONTH)

    @classmethod
    def from_season(cls, season: Season, year: int) -> "Period":
        """Return the period of one season; `year` is the year in which a winter begins."""
        day = date(year, FIRST_MONTH[Season(season)], 1)
        return cls.covering(day, day, Precision.SEASON)

    @classmethod
    def from_year(cls, year: int) -> "Period":
        """Return the period of one year."""
        return cls(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)

    def __lt__(self, other: "Period") -> bool:
        """Order by start, then by end; a period without an end comes last among those with the same start."""
        return self._order < other._order

    def __str__(self) -> str:
        return self.label()

    @property
    def _order(self) -> tuple[date, bool, date, int]:
        return (self.start, self.is_open, self.end or date.max, _PRECISIONS.index(self.precision))

    @property
    def is_open(self) -> bool:
        """Return whether no end is known."""
        return self.end is None

    def contains(self, day: date) -> bool:
        """Return whether the day lies in the period."""
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: "Period") -> bool:
        """Return whether at least one day lies in both periods."""
        return (other.end is None or self.start <= other.end) and (self.end is None or other.start <= self.end)

    def is_past(self, today: date) -> bool:
        """Return whether the period ended before today."""
        return self.end is not None and self.end < today

    def is_current(self, today: date) -> bool:
        """Return whether today lies in the period."""
        return self.contains(today)

    def label(self, language: str = "sv", *, short: bool = False) -> str:
        """Return the period in words: «april–maj 2016», «vintern 2016–2017», «2017 och framåt» (short: «2017–»)."""
        words = WORDS.get(language, WORDS["sv"])
        if self.end is None:
            beginning = _NAMES[self.precision](self.start, self.start, words)
            return f"{beginning}–" if short else words.onwards.format(beginning)
        return _NAMES[self.precision](self.start, self.end, words)


def _first_day(day: date, precision: Precision) -> date:
    if precision == Precision.DAY:
        return day
    if precision == Precision.MONTH:
        return day.replace(day=1)
    if precision == Precision.SEASON:
        return date(season_year(day), FIRST_MONTH[season_of(day)], 1)
    return date(day.year, 1, 1)


def _last_day(day: date, precision: Precision) -> date:
    if precision == Precision.DAY:
        return day
    if precision == Precision.MONTH:
        return _month_end(day.year, day.month)
    if precision == Precision.YEAR:
        return date(day.year, 12, 31)
    first = _first_day(day, precision)
    return _month_end(first.year + first.month // 12, (first.month + 1) % 12 + 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _name_days(start: date, end: date, words: PeriodWords) -> str:
    last = f"{end.day} {words.months[end.month - 1]} {end.year}"
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    first = f"{start.day} {words.months[start.month - 1]}"
    return f"{first}–{last}" if start.year == end.year else f"{first} {start.year}–{last}"


def _name_months(start: date, end: date, words: PeriodWords) -> str:
    first, last = words.months[start.month - 1], f"{words.months[end.month - 1]} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return last
    return f"{first}–{last}" if start.year == end.year else f"{first} {start.year}–{last}"


def _name_seasons(start: date, end: date, words: PeriodWords) -> str:
    first, last = _name_season(start, words), _name_season(end, words)
    if first == last:
        return first
    if season_year(start) == season_year(end) and season_of(end) != Season.WINTER:
        return f"{words.seasons[_SEASONS.index(season_of(start))]}–{last}"
    return words.to.format(first, last)


def _name_season(day: date, words: PeriodWords) -> str:
    season, year = season_of(day), season_year(day)
    name = words.seasons[_SEASONS.index(season)]
    return f"{name} {year}–{year + 1}" if season == Season.WINTER else f"{name} {year}"


def _name_years(start: date, end: date, words: PeriodWords) -> str:  # noqa: ARG001 - same signature as the other three
    return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"


_NAMES = {
    Precision.DAY: _name_days,
    Precision.MONTH: _name_months,
    Precision.SEASON: _name_seasons,
    Precision.YEAR: _name_years,
}
