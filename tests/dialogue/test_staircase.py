"""The rule of the staircase, without a database."""

import pytest

from dialogue.staircase import (
    NEEDS_BODY,
    NEEDS_PERSPECTIVE,
    NEEDS_REPORT,
    IssueFacts,
    Step,
    in_words,
    may_move,
    missing_for,
    starts_round,
)

NOTHING = IssueFacts(perspectives=0, concerned_bodies=0, in_published_report=False)
ALL = IssueFacts(perspectives=1, concerned_bodies=1, in_published_report=True)


def test_the_first_step_asks_for_a_perspective_and_a_body():
    assert missing_for(Step.INTERVIEWS, NOTHING) == [NEEDS_PERSPECTIVE, NEEDS_BODY]


def test_the_second_step_asks_for_a_published_report():
    assert missing_for(Step.REPORT, NOTHING) == [NEEDS_REPORT]


@pytest.mark.parametrize("step", Step)
def test_nothing_is_missing_when_everything_is_there(step):
    assert missing_for(step, ALL) == []


@pytest.mark.parametrize("current", Step)
def test_an_issue_moves_one_step_at_a_time(current):
    near = {step for step in Step if abs(step - current) == 1}
    again = {Step.INTERVIEWS} if current == Step.IMPLEMENTATION else set()

    assert {step for step in Step if may_move(current, step)} == near | again


def test_only_the_last_step_leads_into_a_new_round():
    assert [step for step in Step if starts_round(step, Step.INTERVIEWS)] == [Step.IMPLEMENTATION]


def test_what_is_missing_is_said_in_whole_sentences():
    assert in_words([NEEDS_PERSPECTIVE, NEEDS_BODY]) == (
        "Frågan vilar inte på något perspektiv ännu. Ingen berörd organisation är angiven."
    )
