"""Parse periods typed in Swedish, such as «vintern 2016–2017», «april–maj 2016» and «2016-05-08». Pure."""

import re
from dataclasses import dataclass
from datetime import date

from ostberga.lib.period_words import SWEDISH
from ostberga.lib.periods import Period, Season

EXAMPLES = "Skriv till exempel «8 maj 2017», «april–maj 2016», «vintern 2016–2017», «2017» eller «2017–»."
YEARS = range(1900, 2200)

_MONTHS = {name[:length]: number for number, name in enumerate(SWEDISH.months, 1) for length in range(3, len(name) + 1)}
_SEASONS = {
    "vår": Season.SPRING,
    "våren": Season.SPRING,
    "sommar": Season.SUMMER,
    "sommaren": Season.SUMMER,
    "höst": Season.AUTUMN,
    "hösten": Season.AUTUMN,
    "vinter": Season.WINTER,
    "vintern": Season.WINTER,
}
_DASHES = re.compile(r"\s*[-‐‑‒–—−]\s*")
_OPEN_END = re.compile(r"\s*(?:–|\btills vidare|\boch framåt|\bframåt)$")
_OPENING_WORD = re.compile(r"^(?:från och med|från|fr\.? ?o\.? ?m\.?|under|sedan)\s+")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_ISO_MONTH = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])\b(?!-)")
_WINTER_YEARS = re.compile(r"\b(vintern?) (\d{4}) ?[–/-] ?(\d{4}|\d{2})\b")
_SHORT_YEARS = re.compile(r"^(\d{4}) ?[–/-] ?(\d{2})$")


@dataclass(frozen=True)
class _Moment:
    """One end of a period, with the parts of the date that were typed."""

    day: int | None = None
    month: int | None = None
    season: Season | None = None
    year: int | None = None

    def period(self) -> Period:
        """Return the day, month, season or year as a Period. Raises ValueError in Swedish when the year is missing."""
        if self.year is None:
            raise ValueError(f"Året saknas. {EXAMPLES}")
        if self.day is not None:
            return Period.from_day(date(self.year, self.month or 0, self.day))
        if self.month is not None:
            return Period.from_month(self.year, self.month)
        if self.season is not None:
            return Period.from_season(self.season, self.year)
        return Period.from_year(self.year)


def parse_period(text: str) -> Period:
    """Return the period that was typed. Raises ValueError, in plain Swedish, when it cannot be understood."""
    typed = " ".join(text.lower().split())
    if not typed:
        raise ValueError(f"Skriv en tid. {EXAMPLES}")
    first, last, is_open = _ends(_normalise(typed))
    try:
        beginning, end = first.period(), last.period()
    except ValueError as problem:
        known = str(problem).startswith("Året")
        raise ValueError(str(problem) if known else f"«{text.strip()}» är inget datum som finns.") from None
    if beginning.precision != end.precision:
        raise ValueError(f"Skriv början och slutet på samma sätt. {EXAMPLES}")
    return Period(beginning.start, None if is_open else end.end, beginning.precision)


def _normalise(typed: str) -> str:
    """Rewrite all spellings to words and en dashes, so that a dash can only mean «till»."""
    typed = _ISO_DAY.sub(lambda match: _iso_words(match[1], match[2], match[3]), typed)
    typed = _WINTER_YEARS.sub(_winter_year, typed)
    if re.search(r"\bvintern? \d{4}$", typed):
        raise ValueError("En vinter går över årsskiftet. Skriv båda åren, till exempel «vintern 2016–2017».")
    typed = _ISO_MONTH.sub(lambda match: _iso_words(match[1], match[2]), typed)
    typed = _SHORT_YEARS.sub(lambda match: f"{match[1]}–{match[1][:2]}{match[2]}", typed)
    typed = re.sub(r"\s+(?:till och med|till|t\.?o\.?m\.?)\s+", "–", typed)
    return _DASHES.sub("–", typed)


def _iso_words(year: str, month: str, day: str = "") -> str:
    if not 1 <= int(month) <= 12:
        raise ValueError(f"Månad {month} finns inte. {EXAMPLES}")
    return f"{int(day)} {SWEDISH.months[int(month) - 1]} {year}" if day else f"{SWEDISH.months[int(month) - 1]} {year}"


def _winter_year(match: re.Match[str]) -> str:
    first, second = int(match[2]), int(match[3][-2:])
    if second != (first + 1) % 100:
        raise ValueError("En vinter går från ett år till nästa, till exempel «vintern 2016–2017».")
    return f"vintern{first}"


def _ends(typed: str) -> tuple[_Moment, _Moment, bool]:
    closed = _OPEN_END.sub("", typed)
    is_open = closed != typed or bool(re.match("fr|sedan", typed))
    parts = _OPENING_WORD.sub("", closed).split("–")
    if len(parts) == 1:
        moment = _parse_moment(parts[0])
        return moment, moment, is_open
    if len(parts) > 2:
        raise ValueError(f"Skriv en början och ett slut, inte fler. {EXAMPLES}")
    first, last = _parse_moment(parts[0]), _parse_moment(parts[1])
    month = last.month if first.month is None and first.day is not None else first.month
    return _Moment(first.day, month, first.season, first.year or last.year), last, closed != typed


def _parse_moment(typed: str) -> _Moment:
    day = month = year = None
    season: Season | None = None
    for word in re.sub(r"(vintern)(\d{4})", r"\1 \2", typed).split():
        number = int(word) if word.isascii() and word.isdigit() else None
        bare = word.rstrip(".")
        if number is not None and number in YEARS and year is None:
            year = number
        elif number is not None and 1 <= number <= 31 and day is None:
            day = number
        elif bare in _MONTHS and month is None:
            month = _MONTHS[bare]
        elif bare in _SEASONS and season is None:
            season = _SEASONS[bare]
        else:
            raise ValueError(f"Vi förstår inte «{typed.strip()}». {EXAMPLES}")
    return _checked(_Moment(day, month, season, year), typed)


def _checked(moment: _Moment, typed: str) -> _Moment:
    """Return the moment. Raises ValueError when its parts contradict each other: nothing is guessed."""
    if moment == _Moment():
        raise ValueError(f"Det saknas något. {EXAMPLES}")
    if moment.season and (moment.day or moment.month):
        raise ValueError(f"«{typed}» blandar årstid och månad. {EXAMPLES}")
    if moment.day and moment.year and not moment.month:
        raise ValueError(f"Månaden saknas i «{typed}». {EXAMPLES}")
    return moment
