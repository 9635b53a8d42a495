"""Days between the marks of a round, and what is usual: for any order and any gaps."""

import datetime as dt
import statistics

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogue.rules.milestones import FEWEST, PARTS, STRIDES, Mark, part_of, strides, usual

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2030, 1, 1))
ROUNDS = st.dictionaries(st.sampled_from(list(Mark)), DAYS)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MAY, TODAY = dt.date(2016, 5, 3), dt.date(2016, 6, 12)


def test_each_step_is_counted_from_the_one_before():
    marks = {Mark.HEARD: MAY, Mark.REPORTED: MAY + dt.timedelta(30), Mark.PROPOSED: MAY + dt.timedelta(40)}
    report, proposal, decision, start, end = strides(marks, MAY + dt.timedelta(47), is_over=False)

    assert (report.days, proposal.days, decision.days) == (30, 10, 7)
    assert [one.is_now for one in (report, proposal, decision, start, end)] == [False, False, True, False, False]


def test_a_page_that_is_kept_does_not_count_the_days_so_far():
    (now, *_) = strides({Mark.HEARD: MAY}, None, is_over=False)

    assert (now.is_now, now.days) == (True, None)


def test_what_was_skipped_or_came_in_another_order_has_no_days():
    marks = {Mark.HEARD: TODAY, Mark.REPORTED: MAY, Mark.DECIDED: TODAY}

    assert [one.days for one in strides(marks, TODAY, is_over=False)[:3]] == [None, None, None]


@UNHURRIED
@given(ROUNDS, DAYS, st.booleans())
def test_days_are_never_negative_and_at_most_one_step_goes_on(marks, today, is_over):
    found = strides(marks, today, is_over=is_over)

    assert tuple(one.to for one in found) == STRIDES
    assert all(one.days is None or one.days >= 0 for one in found)
    assert sum(one.is_now for one in found) <= (not is_over)


@UNHURRIED
@given(st.lists(ROUNDS, max_size=12))
def test_the_median_stands_for_at_least_three_and_else_each_by_itself(rounds):
    made = [strides(marks, None, is_over=True) for marks in rounds]
    for one in usual(made):
        took = sorted(s.days for its in made for s in its if s.to == one.to and s.days is not None)
        assert one.number == len(took)
        assert one.median == (round(statistics.median(took)) if len(took) >= FEWEST else None)
        assert list(one.each) == (took if len(took) < FEWEST else [])


@pytest.mark.parametrize(("days", "longest", "part"), [(None, 9, 0), (0, 9, 1), (1, 1000, 2), (9, 9, PARTS), (3, 0, 0)])
def test_a_bar_is_as_long_as_its_days(days, longest, part):
    assert part_of(days, longest) == part
