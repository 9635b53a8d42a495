"""When letters may go: sign-in codes always, reminders in working hours, news and later tries not at night. Pure."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

import holidays

SWEDEN = ZoneInfo("Europe/Stockholm")
# Whoever waits for a code waits at the screen.
AT_ONCE = frozenset({"account"})
REMINDERS = frozenset({"decision-reminder", "activity-silent"})
NEWS = frozenset({"news"})
QUIET_FROM, QUIET_TO = dt.time(20), dt.time(8)
WORK_FROM, WORK_TO = dt.time(8), dt.time(17)
SATURDAY = 5


def earliest(kind: str, at: dt.datetime, *, is_retry: bool = False) -> dt.datetime:
    """Return the first moment, at or after `at`, when a letter of this kind may go."""
    if kind in AT_ONCE:
        return at
    if kind in REMINDERS:
        return _next(at, WORK_FROM, WORK_TO, only_working_days=True)
    if is_retry or kind in NEWS:
        return _next(at, QUIET_TO, QUIET_FROM, only_working_days=False)
    return at


def is_working_time(at: dt.datetime) -> bool:
    """Whether it is a working day in Sweden, between eight and five."""
    return _next(at, WORK_FROM, WORK_TO, only_working_days=True) == at


def is_quiet(at: dt.datetime) -> bool:
    """Whether it is too early or too late for news."""
    return _next(at, QUIET_TO, QUIET_FROM, only_working_days=False) != at


def is_working_day(day: dt.date) -> bool:
    """Whether people work: no Saturday, Sunday or public holiday, and not the eves that everybody has off."""
    return day.weekday() < SATURDAY and day not in _days_off(day.year)


def _next(at: dt.datetime, begins: dt.time, ends: dt.time, *, only_working_days: bool) -> dt.datetime:
    local = at.astimezone(SWEDEN)
    if begins <= local.time() < ends and (is_working_day(local.date()) or not only_working_days):
        return at
    day = local.date() if local.time() < begins else local.date() + dt.timedelta(days=1)
    while only_working_days and not is_working_day(day):
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, begins, SWEDEN)


@cache
def _days_off(year: int) -> frozenset[dt.date]:
    named = holidays.country_holidays("SE", years=year, include_sundays=False, categories=("public", "de_facto"))
    return frozenset(named)
