"""Days as people write them are read as they meant, and what can be read twice is told."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.importing.columns.days import UnreadableDay, read_day

TODAY = dt.date(2026, 11, 25)
THE_TWELFTH = dt.date(2026, 10, 12)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-10-12", "2026/10/12", "20261012", "2026-10-12 14:30", "2026-10-12T08:00:00", "12 oktober 2026"),
        *(
            "den 12 okt. 2026",
            "måndag 12 oktober 2026",
            "12:e oktober 2026",
            "Oct 12, 2026",
            "vecka 42 2026",
            "2026-W42",
        ),
    ],
)
def test_a_plain_day_is_read_without_doubt(text):
    assert read_day(text, TODAY).day == THE_TWELFTH
    assert read_day(text, TODAY).doubt == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12/10 2026", "läst med dagen först"),
        ("12/10-26", "läst med dagen först"),
        ("12.10.2026", "läst med dagen först"),
        ("12 oktober", "årtalet saknas: läst som 2026"),
        ("12/10", "årtalet saknas: läst som 2026"),
        ("v 42", "årtalet saknas: läst som 2026"),
        ("26-10-12", "läst som 2026-10-12"),
        ("12-10-26", "läst som 2026-10-12"),
        ("261012", "läst som 2026-10-12"),
        ("46307", "Excels tal för 2026-10-12"),
    ],
)
def test_a_day_that_can_be_read_twice_is_told(text, said):
    assert read_day(text, TODAY).day == THE_TWELFTH
    assert said in read_day(text, TODAY).doubt


def test_a_month_before_the_day_is_read_where_nothing_else_is_possible():
    assert read_day("10/25/2026", TODAY).day == dt.date(2026, 10, 25)
    assert "månaden först" in read_day("10/25/2026", TODAY).doubt


@pytest.mark.parametrize(("text", "year"), [("24 december", 2025), ("24 november", 2026), ("29/2", 2024)])
def test_without_a_year_it_is_the_latest_such_day_that_has_come(text, year):
    assert read_day(text, TODAY).day.year == year


@pytest.mark.parametrize(
    "text", ["", "hösten", "12.10", "31/2 2026", "32 oktober", "3 foobar", "99/99 2026", "2026", "37"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(UnreadableDay):
        read_day(text, TODAY)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text):
    with contextlib.suppress(UnreadableDay):
        assert isinstance(read_day(text, TODAY).day, dt.date)


@given(st.dates(dt.date(2000, 1, 1), TODAY))
def test_every_day_is_read_in_every_form_that_names_it(day):
    months = [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ]
    forms = [day.isoformat(), f"{day.day}/{day.month} {day.year}", f"{day.day} {months[day.month - 1]} {day.year}"]
    assert {read_day(text, TODAY).day for text in forms} == {day}
