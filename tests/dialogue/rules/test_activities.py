"""States of activities: which may follow which, and when nobody has told anything for too long."""

import datetime as dt

import pytest

from dialogue.rules.activities import ActivityState, is_silent, may_become

ALLOWED = {
    "planned": {"running", "cancelled"},
    "running": {"paused", "done", "no_effect", "cancelled", "handed_over"},
    "paused": {"running", "done", "no_effect", "cancelled", "handed_over"},
}
TODAY = dt.date(2026, 11, 25)


@pytest.mark.parametrize("current", ActivityState.values)
def test_only_these_states_may_follow(current):
    assert {new for new in ActivityState.values if may_become(current, new)} == ALLOWED.get(current, set())


@pytest.mark.parametrize("state", ActivityState.values)
def test_only_what_runs_or_rests_can_be_silent(state):
    long_ago = TODAY - dt.timedelta(days=91)

    assert is_silent(state, long_ago, TODAY, 90) == (state in {"running", "paused"})
    assert not is_silent(state, long_ago + dt.timedelta(days=1), TODAY, 90)
