"""Reading the day of a row as people write it. Pure."""

import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENGLISH = {"may": 5, "oct": 10, "mars": 3, "march": 3}
# Numbers that a spreadsheet can mean by a day: from 2000 to 2079.
_SERIALS = range(36_526, 65_747)
_EXCEL_BEGINS = dt.date(1899, 12, 30)

_TIME = re.compile(r"[T ]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_PACKED = re.compile(r"(\d{4}|\d{2})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{2})-(\d{2})-(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.,-]\s?|\s+)?(?:(\d{4})|'?(\d{2}))?")
_NAMED = re.compile(r"(?:den\s)?(\d{1,2})(?:[:.]?[ae])?\.?\s?([a-zåäö]+)\.?,?\s?(\d{4})?")
_ENGLISH_NAMED = re.compile(r"([a-z]+)\.?\s(\d{1,2})(?:st|nd|rd|th)?(?:,?\s(\d{4}))?")
_WEEK = re.compile(r"(?:(\d{4})[ -]?)?(?:v|w|vecka|week)\.?\s?(\d{1,2})(?:[ ,-]+(\d{4}))?")
_WEEKDAY = re.compile(r"^(?:mån|tis|ons|tors|fre|lör|sön)(?:dag)?(?:en)?,?\s+", re.IGNORECASE)


@dataclass(frozen=True)
class ReadDay:
    """A day, and what somebody should know of how it was read; empty when there was no doubt."""

    day: dt.date
    doubt: str = ""


class UnreadableDay(Exception):
    """The text is no day."""


def read_day(text: str, today: dt.date) -> ReadDay:
    """Return the day that the text means. Without a year it is the latest such day that has come.

    Day comes before month where both are numbers, as people write here. Raises UnreadableDay.
    """
    plain = _TIME.sub("", " ".join(_WEEKDAY.sub("", text.strip()).split())).casefold()
    try:
        for read in (_read_iso, _read_serial, _read_packed, _read_short, _read_week, _read_numbers, _read_named):
            if (meant := read(plain, today)) is not None:
                return meant
    except ValueError:
        pass
    raise UnreadableDay(text)


def _read_iso(plain: str, _today: dt.date) -> ReadDay | None:
    match = _ISO.fullmatch(plain)
    return ReadDay(dt.date(*map(int, match.groups()))) if match else None


def _read_serial(plain: str, _today: dt.date) -> ReadDay | None:
    if not re.fullmatch(r"\d{5}", plain) or int(plain) not in _SERIALS:
        return None
    day = _EXCEL_BEGINS + dt.timedelta(days=int(plain))
    return ReadDay(day, f"«{plain}» är Excels tal för {day.isoformat()}")


def _read_packed(plain: str, _today: dt.date) -> ReadDay | None:
    match = _PACKED.fullmatch(plain)
    if match is None:
        return None
    year, month, day = match.groups()
    read = dt.date(_full_year(year), int(month), int(day))
    return ReadDay(read, f"«{plain}» är läst som {read.isoformat()}" if len(year) == 2 else "")


def _read_short(plain: str, today: dt.date) -> ReadDay | None:
    """Read «26-10-12» and «12-10-26»: whichever order gives the latest day that has come."""
    match = _SHORT.fullmatch(plain)
    if match is None:
        return None
    first, second, third = match.groups()
    days = [day for year, last in ((first, third), (third, first)) for day in _valid(year, second, last)]
    read = max((day for day in days if day <= today), default=min(days, default=None))
    return ReadDay(read, f"«{plain}» är läst som {read.isoformat()}") if read else None


def _valid(year: str, month: str, day: str) -> list[dt.date]:
    try:
        return [dt.date(_full_year(year), int(month), int(day))]
    except ValueError:
        return []


def _read_week(plain: str, today: dt.date) -> ReadDay | None:
    match = _WEEK.fullmatch(plain)
    if match is None:
        return None
    before, week, after = match.groups()
    if year := before or after:
        return ReadDay(dt.date.fromisocalendar(int(year), int(week), 1))
    day = dt.date.fromisocalendar(today.isocalendar().year, int(week), 1)
    if day > today:
        day = dt.date.fromisocalendar(today.isocalendar().year - 1, int(week), 1)
    return ReadDay(day, _no_year(day))


def _read_numbers(plain: str, today: dt.date) -> ReadDay | None:
    match = _NUMBERS.fullmatch(plain)
    if match is None:
        return None
    first, second, year, short = match.groups()
    if year is None and short is None and "." in plain and " " not in plain and "/" not in plain:
        return None  # 12.10 may be a time of day
    day, month = int(first), int(second)
    is_turned = month > 12 >= day
    if is_turned:
        day, month = month, day
    full = _full_year(year or short) if year or short else None
    read = dt.date(full, month, day) if full else _latest(month, day, today)
    doubts = [] if full else [_no_year(read)]
    if is_turned:
        doubts.append(f"«{plain}» har månaden först")
    elif day <= 12 and day != month:
        doubts.append(f"«{plain}» är läst med dagen först: {read.isoformat()}")
    return ReadDay(read, "; ".join(doubts))


def _read_named(plain: str, today: dt.date) -> ReadDay | None:
    if match := _NAMED.fullmatch(plain):
        day, name, year = match.groups()
    elif match := _ENGLISH_NAMED.fullmatch(plain):
        name, day, year = match.groups()
    else:
        return None
    month = _month(name)
    if year:
        return ReadDay(dt.date(int(year), month, int(day)))
    read = _latest(month, int(day), today)
    return ReadDay(read, _no_year(read))


def _month(name: str) -> int:
    """Return the number of the month. Raises ValueError for any other word."""
    return _ENGLISH.get(name) or _MONTHS.index(name[:3]) + 1


def _latest(month: int, day: int, today: dt.date) -> dt.date:
    """Return the latest such day that has come, within eight years: 29 February may be far. Raises ValueError."""
    for year in range(today.year, today.year - 9, -1):
        try:
            read = dt.date(year, month, day)
        except ValueError:
            continue
        if read <= today:
            return read
    raise ValueError(day)


def _no_year(day: dt.date) -> str:
    return f"årtalet saknas: läst som {day.year}"


def _full_year(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)
