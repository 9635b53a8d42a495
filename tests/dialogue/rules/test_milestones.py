"""Days between the milestones of a round, and typical durations: for any order and any gaps."""

import datetime as dt
import statistics

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogue.rules.milestones import (
    LONGEST_BAR,
    MIN_FOR_MEDIAN,
    STAGE_ENDS,
    Milestone,
    bar_percent,
    measure_stages,
    typical_durations,
)

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2030, 1, 1))
ROUNDS = st.dictionaries(st.sampled_from(list(Milestone)), DAYS)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MAY, TODAY = dt.date(2016, 5, 3), dt.date(2016, 6, 12)


def test_each_step_is_counted_from_the_one_before():
    milestones = {
        Milestone.HEARD: MAY,
        Milestone.REPORTED: MAY + dt.timedelta(30),
        Milestone.PROPOSED: MAY + dt.timedelta(40),
    }
    report, proposal, decision, start, end = measure_stages(milestones, MAY + dt.timedelta(47), is_over=False)

    assert (report.days, proposal.days, decision.days) == (30, 10, 7)
    assert [stage.is_current for stage in (report, proposal, decision, start, end)] == [
        False,
        False,
        True,
        False,
        False,
    ]


def test_a_page_that_is_kept_does_not_count_the_days_so_far():
    (now, *_) = measure_stages({Milestone.HEARD: MAY}, None, is_over=False)

    assert (now.is_current, now.days) == (True, None)


def test_what_was_skipped_or_came_in_another_order_has_no_days():
    milestones = {Milestone.HEARD: TODAY, Milestone.REPORTED: MAY, Milestone.DECIDED: TODAY}

    assert [stage.days for stage in measure_stages(milestones, TODAY, is_over=False)[:3]] == [None, None, None]


@UNHURRIED
@given(ROUNDS, DAYS, st.booleans())
def test_days_are_never_negative_and_at_most_one_step_goes_on(milestones, today, is_over):
    stages = measure_stages(milestones, today, is_over=is_over)

    assert tuple(stage.milestone for stage in stages) == STAGE_ENDS
    assert all(stage.days is None or stage.days >= 0 for stage in stages)
    assert sum(stage.is_current for stage in stages) <= (not is_over)


@UNHURRIED
@given(st.lists(ROUNDS, max_size=12))
def test_the_median_stands_for_at_least_three_and_else_each_by_itself(rounds):
    measured = [measure_stages(milestones, None, is_over=True) for milestones in rounds]
    for typical in typical_durations(measured):
        same = (stage for stages in measured for stage in stages if stage.milestone == typical.milestone)
        days = sorted(stage.days for stage in same if stage.days is not None)
        assert typical.count == len(days)
        assert typical.median == (round(statistics.median(days)) if len(days) >= MIN_FOR_MEDIAN else None)
        assert list(typical.durations) == (days if len(days) < MIN_FOR_MEDIAN else [])


@pytest.mark.parametrize(
    ("days", "longest", "percent"), [(None, 9, 0), (0, 9, 1), (1, 1000, 2), (9, 9, LONGEST_BAR), (3, 0, 0)]
)
def test_a_bar_is_as_long_as_its_days(days, longest, percent):
    assert bar_percent(days, longest) == percent


@pytest.mark.parametrize(
    ("days", "longest", "percent"), [(None, 10, 0), (5, 0, 0), (5, -1, 0), (0, 10, 1), (1, 1000, 2), (5, 10, 50)]
)
def test_a_bar_shows_even_the_shortest_time(days, longest, percent):
    assert bar_percent(days, longest) == percent
