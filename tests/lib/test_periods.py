"""Periods: how they are worded, ordered and read back."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostberga.lib.period_reading import parse_period
from ostberga.lib.periods import Period, Precision, Season, season_of

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@st.composite
def periods(draw) -> Period:
    first, last = sorted([draw(days), draw(days)])
    return Period.covering(first, draw(st.sampled_from([last, None])), draw(st.sampled_from(Precision)))


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (Period.from_day(date(2017, 5, 8)), "8 maj 2017"),
        (Period(date(2017, 5, 8), date(2017, 5, 12), Precision.DAY), "8–12 maj 2017"),
        (Period(date(2017, 4, 28), date(2017, 5, 3), Precision.DAY), "28 april–3 maj 2017"),
        (Period(date(2016, 4, 1), date(2016, 5, 31), Precision.MONTH), "april–maj 2016"),
        (Period(date(2016, 12, 1), date(2017, 2, 28), Precision.MONTH), "december 2016–februari 2017"),
        (Period(date(2016, 9, 1), date(2016, 11, 30), Precision.SEASON), "hösten 2016"),
        (Period(date(2016, 12, 1), date(2017, 2, 28), Precision.SEASON), "vintern 2016–2017"),
        (Period(date(2016, 9, 1), date(2017, 2, 28), Precision.SEASON), "hösten 2016 till vintern 2016–2017"),
        (Period.from_year(2017), "2017"),
        (Period(date(2017, 1, 1), None, Precision.YEAR), "2017 och framåt"),
    ],
)
def test_a_period_is_worded_as_people_say_it(period, label):
    assert period.label() == label


def test_a_period_is_worded_in_four_languages():
    winter = Period.from_season(Season.WINTER, 2016)

    assert winter.label("en") == "winter 2016–2017"
    assert winter.label("so") == "jiilaalka 2016–2017"
    assert winter.label("ar") == "شتاء 2016–2017"
    assert winter.label("xx") == winter.label("sv") == str(winter)


def test_an_open_period_has_a_short_label_too():
    assert Period(date(2017, 1, 1), None, Precision.YEAR).label(short=True) == "2017–"


def test_winter_comes_after_the_autumn_before_it_and_open_ends_last():
    autumn, winter = Period.from_season(Season.AUTUMN, 2016), Period.from_season(Season.WINTER, 2016)
    year, onwards = Period.from_year(2017), Period(date(2017, 1, 1), None, Precision.YEAR)

    assert sorted([onwards, year, winter, autumn]) == [autumn, winter, year, onwards]


def test_january_belongs_to_the_winter_that_began_the_year_before():
    assert season_of(date(2017, 1, 15)) == Season.WINTER
    january = date(2017, 1, 15)
    assert Period.covering(january, january, Precision.SEASON) == Period.from_season(Season.WINTER, 2016)


def test_a_winter_before_a_leap_year_ends_on_29_february():
    assert Period.from_season(Season.WINTER, 2015).end == date(2016, 2, 29)


def test_steps_may_overlap():
    interviews, report = parse_period("april–maj 2016"), parse_period("maj–juni 2016")

    assert interviews.overlaps(report)
    assert report.overlaps(interviews)
    assert not interviews.overlaps(parse_period("juni 2016"))
    assert parse_period("2016–").overlaps(parse_period("2030"))


def test_today_decides_what_is_past_and_what_goes_on():
    today = date(2017, 3, 1)

    assert parse_period("vintern 2016–2017").is_past(today)
    assert parse_period("våren 2017").is_current(today)
    assert parse_period("2015–").is_current(today)
    assert not parse_period("hösten 2017").is_current(today)


def test_a_period_can_not_end_before_it_begins():
    with pytest.raises(ValueError, match="slutar innan"):
        Period(date(2017, 1, 2), date(2017, 1, 1), Precision.DAY)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Våren 2017", "våren 2017"),
        ("vår 2017", "våren 2017"),
        (" maj  2016 ", "maj 2016"),
        ("apr-maj 2016", "april–maj 2016"),
        ("2016-05-08", "8 maj 2016"),
        ("2016-05", "maj 2016"),
        ("2016-17", "2016–2017"),
        ("2017-", "2017 och framåt"),
        ("från våren 2015", "våren 2015 och framåt"),
        ("vintern 2016/17", "vintern 2016–2017"),
        ("vintern 2016-2017", "vintern 2016–2017"),
        ("8 - 12 maj 2017", "8–12 maj 2017"),
        ("maj 2016 till och med juni 2017", "maj 2016–juni 2017"),
        ("2017 tills vidare", "2017 och framåt"),
    ],
)
def test_a_coordinator_types_a_period_in_her_own_way(typed, label):
    assert parse_period(typed).label() == label


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Skriv en tid"),
        ("snart", "Vi förstår inte «snart»"),
        ("maj", "Året saknas"),
        ("31 februari 2016", "inget datum som finns"),
        ("2016-13-01", "Månad 13 finns inte"),
        ("vintern 2016", "Skriv båda åren"),
        ("vintern 2016–2018", "från ett år till nästa"),
        ("våren maj 2016", "blandar årstid och månad"),
        ("5 2016", "Månaden saknas"),
        ("maj 2016–2017", "på samma sätt"),
        ("2015–2016–2017", "inte fler"),
        ("hösten 2017–våren 2017", "slutar innan"),
    ],
)
def test_what_is_not_understood_is_said_in_plain_swedish(typed, answer):
    with pytest.raises(ValueError, match=answer):
        parse_period(typed)


@given(periods())
def test_every_label_can_be_typed_back(period):
    assert parse_period(period.label()) == period
    assert parse_period(period.label(short=True)) == period


@given(periods(), st.sampled_from(["sv", "en", "so", "ar", "fi"]))
def test_a_label_always_names_a_year(period, language):
    assert str(period.start.year) in period.label(language) or str(period.start.year - 1) in period.label(language)


@given(periods(), periods(), periods())
def test_the_order_is_total(a, b, c):
    assert (a < b) + (a == b) + (a > b) == 1
    assert not (a < b < c) or a < c
    assert sorted([c, a, b]) == sorted([b, c, a])


@given(periods(), days)
def test_a_period_overlaps_what_it_contains(period, day):
    assert period.contains(day) == period.overlaps(Period.from_day(day))


@given(st.text())
def test_nothing_that_is_typed_makes_the_reader_fall(typed):
    with suppress(ValueError):
        assert parse_period(typed).label()
