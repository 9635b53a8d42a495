"""When letters may go."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from actors.rules.letter_hours import earliest, is_quiet, is_working_day, is_working_time

SWEDEN = ZoneInfo("Europe/Stockholm")
REMINDER, NEWS, CODE, CALL = "decision-reminder", "news", "account", "meeting-called"


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SWEDEN)


@pytest.mark.parametrize(
    ("kind", "asked", "goes"),
    [
        (REMINDER, "2026-11-25 10:00", "2026-11-25 10:00"),
        (REMINDER, "2026-11-25 08:00", "2026-11-25 08:00"),
        (REMINDER, "2026-11-25 07:59", "2026-11-25 08:00"),
        (REMINDER, "2026-11-25 17:00", "2026-11-26 08:00"),
        (REMINDER, "2026-11-27 17:30", "2026-11-30 08:00"),  # Friday evening
        (REMINDER, "2026-12-23 18:00", "2026-12-28 08:00"),  # Christmas Eve and the two days after, then a Sunday
        (REMINDER, "2026-06-18 20:00", "2026-06-22 08:00"),  # Midsummer
        (REMINDER, "2026-12-31 09:00", "2027-01-04 08:00"),  # New Year's Eve
        ("activity-silent", "2026-11-28 10:00", "2026-11-30 08:00"),
        (NEWS, "2026-11-28 10:00", "2026-11-28 10:00"),
        (NEWS, "2026-11-28 20:00", "2026-11-29 08:00"),
        (NEWS, "2026-10-25 02:30", "2026-10-25 08:00"),  # the night with an hour more
        (CODE, "2026-12-24 03:00", "2026-12-24 03:00"),
        (CALL, "2026-11-28 23:00", "2026-11-28 23:00"),
    ],
)
def test_the_first_try(kind, asked, goes):
    assert earliest(kind, at(asked)) == at(goes)


@pytest.mark.parametrize(
    ("kind", "asked", "goes"),
    [
        (CALL, "2026-11-28 23:00", "2026-11-29 08:00"),
        (CALL, "2026-11-28 19:59", "2026-11-28 19:59"),
        (CODE, "2026-11-28 23:00", "2026-11-28 23:00"),
        (REMINDER, "2026-11-28 10:00", "2026-11-30 08:00"),
    ],
)
def test_a_later_try_is_quiet_at_night_but_for_codes(kind, asked, goes):
    assert earliest(kind, at(asked), is_retry=True) == at(goes)


def test_the_hours_are_swedish_whatever_zone_is_given():
    assert earliest(REMINDER, dt.datetime(2026, 7, 1, 5, 59, tzinfo=dt.UTC)) == at("2026-07-01 08:00")
    assert is_working_time(dt.datetime(2026, 7, 1, 14, 59, tzinfo=dt.UTC))
    assert not is_working_time(dt.datetime(2026, 7, 1, 15, 0, tzinfo=dt.UTC))
    assert [is_quiet(at(f"2026-11-25 {hour}")) for hour in ("07:59", "08:00", "19:59", "20:00")] == [
        True, False, False, True,
    ]  # fmt: skip


def test_days_that_people_have_off():
    off = ["2026-11-28", "2026-11-29", "2026-05-14", "2026-06-19", "2026-12-24", "2026-01-06"]

    assert [is_working_day(dt.date.fromisoformat(day)) for day in off] == [False] * 6
    assert [is_working_day(dt.date(2026, 11, 30)), is_working_day(dt.date(2026, 5, 15))] == [True, True]
