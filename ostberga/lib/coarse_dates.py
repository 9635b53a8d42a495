"""Dates as coarse as they are stored for residents: the week of an answer, the month of a follower. Pure."""

import datetime as dt


def week_of(day: dt.date) -> dt.date:
    """Return the Monday of the day's ISO week."""
    return day - dt.timedelta(days=day.weekday())


def month_of(day: dt.date) -> dt.date:
    """Return the first of the day's month."""
    return day.replace(day=1)


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the first of the month so many months before the day's own."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(years, month + 1, 1)
