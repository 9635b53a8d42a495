"""The rules of the staircase, without a database: what each gate requires, and which moves are allowed."""

from dataclasses import replace

import pytest

from dialogue.rules.staircase import (
    IssueFacts,
    Move,
    Readiness,
    Step,
    Thresholds,
    allowed_moves,
    in_words,
    missing_before_start,
    missing_for,
    target_of,
)

ALL = IssueFacts(
    perspectives=2,
    roles=frozenset({"resident", "official"}),
    concerned_bodies=1,
    in_published_report=True,
    groups=1,
    seats=frozenset({"resident", "elected", "official"}),
    has_met=True,
    proposals=1,
    names_deciders=True,
    decisions=1,
    in_force=True,
    planned=1,
)
READY = Readiness(partners=2, unconfirmed=(), has_coordinator=True, says_what_can_change=True)


def codes(step, limits=None, **facts):
    return [requirement.code for requirement in missing_for(step, replace(ALL, **facts), limits)]


@pytest.mark.parametrize("step", Step)
def test_nothing_is_missing_when_everything_is_there(step):
    assert missing_for(step, ALL) == []


@pytest.mark.parametrize("step", Step)
def test_from_nothing_each_step_but_the_last_asks_for_something(step):
    assert bool(missing_for(step, IssueFacts())) is (step != Step.IMPLEMENTATION)


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"perspectives": 0}, ["perspective"]),
        ({"roles": frozenset({"official", "elected"})}, ["resident"]),
        ({"roles": frozenset({"resident"})}, ["roles"]),
        ({"roles": frozenset()}, ["resident", "roles"]),
        ({"concerned_bodies": 0}, ["body"]),
    ],
)
def test_the_interviews_ask_who_was_heard_and_whom_it_concerns(lacking, code):
    assert codes(Step.INTERVIEWS, **lacking) == code


def test_the_report_is_published_and_then_read_by_each_body():
    unread = ("Polisen", "Trafikkontoret")

    assert codes(Step.REPORT, in_published_report=False, unread_by=unread) == ["report"]
    assert codes(Step.REPORT, unread_by=unread) == ["read:Polisen", "read:Trafikkontoret"]


def test_without_a_group_nothing_else_of_it_is_asked_for():
    assert codes(Step.WORKING_GROUPS, groups=0, seats=frozenset(), has_met=False, proposals=0) == ["group"]


@pytest.mark.parametrize("seat", ["resident", "elected", "official"])
def test_a_seat_that_nobody_has_is_missing(seat):
    assert codes(Step.WORKING_GROUPS, seats=ALL.seats - {seat}) == [f"seat:{seat}"]


@pytest.mark.parametrize(
    ("lacking", "code"),
    [({"has_met": False}, "meeting"), ({"proposals": 0}, "proposal"), ({"names_deciders": False}, "deciders")],
)
def test_the_group_has_met_and_stands_behind_a_proposal_that_says_who_decides(lacking, code):
    assert codes(Step.WORKING_GROUPS, **lacking) == [code]


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"decisions": 0, "in_force": False}, "decision"),
        ({"in_force": False, "awaited": ("Trafikkontoret",)}, "decision:Trafikkontoret"),
        ({"in_force": False}, "refused"),
        ({"planned": 0}, "activity"),
    ],
)
def test_the_decision_is_in_force_and_somebody_has_promised_to_act(lacking, code):
    assert codes(Step.DECISION, **lacking) == [code]


def test_another_answer_that_is_waited_for_stops_nothing_when_a_decision_is_in_force():
    assert codes(Step.DECISION, awaited=("Polisen",)) == []


def test_it_closes_when_every_activity_has_ended():
    assert codes(Step.IMPLEMENTATION, going_on=("Byt lampor",)) == ["activity:Byt lampor"]


def test_a_dialogue_may_ask_for_less():
    less = Thresholds(roles=1, resident=False, readers=False, seats=("official",))

    assert codes(Step.INTERVIEWS, less, roles=frozenset({"official"})) == []
    assert codes(Step.REPORT, less, unread_by=("Polisen",)) == []
    assert codes(Step.WORKING_GROUPS, less, seats=frozenset({"official"})) == []


def test_it_is_said_who_can_mend_it_and_where():
    body = missing_for(Step.DECISION, replace(ALL, in_force=False, awaited=("Polisen",)))[0]
    group = missing_for(Step.WORKING_GROUPS, replace(ALL, groups=0))[0]

    assert (body.who, body.where) == ("Polisen", "decisions")
    assert (group.who, group.where) == ("Samordnaren", "groups")


def test_what_is_missing_is_said_in_whole_sentences():
    assert in_words(missing_for(Step.DECISION, replace(ALL, in_force=False, decisions=0, planned=0))) == (
        "Det saknas ett beslut. Inget är begärt ännu. Ingen planerad aktivitet har en ansvarig som tackat ja."
    )


@pytest.mark.parametrize(
    ("step", "open_ways"),
    [
        (Step.INTERVIEWS, {Move.ONWARD}),
        (Step.REPORT, {Move.ONWARD, Move.AGAIN, Move.BACK}),
        (Step.DECISION, {Move.ONWARD, Move.AGAIN, Move.BACK}),
        (Step.IMPLEMENTATION, {Move.CLOSE, Move.AGAIN, Move.BACK}),
    ],
)
def test_an_issue_goes_one_step_at_a_time_or_begins_again(step, open_ways):
    assert set(allowed_moves(step, is_closed=False)) == open_ways


@pytest.mark.parametrize("step", Step)
def test_a_closed_issue_only_begins_again(step):
    assert allowed_moves(step, is_closed=True) == (Move.AGAIN,)
    assert target_of(Move.AGAIN, step) == Step.INTERVIEWS


def test_a_move_leads_to_the_step_beside():
    assert (target_of(Move.ONWARD, Step.REPORT), target_of(Move.BACK, Step.REPORT)) == (3, 1)
    assert target_of(Move.CLOSE, Step.IMPLEMENTATION) == Step.IMPLEMENTATION


def test_a_dialogue_begins_when_collaboration_is_in_place():
    assert missing_before_start(READY) == []


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"partners": 1}, "partners"),
        ({"unconfirmed": ("Polisen",)}, "confirmed"),
        ({"has_coordinator": False}, "coordinator"),
        ({"says_what_can_change": False}, "influence"),
    ],
)
def test_what_a_dialogue_lacks_before_it_begins(lacking, code):
    assert [requirement.code for requirement in missing_before_start(replace(READY, **lacking))] == [code]
