"""The stages of a dialogue: where an issue is shown, what cannot work, and the templates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.rules.process_stages import StagePlace, place_of, problem_with, steps_shown_at
from dialogue.rules.process_templates import TEMPLATES, ProcessTemplate
from dialogue.rules.staircase import Step
from ostberga.lib.translations.languages import LANGUAGES

LISTEN, REPORT, GROUPS, DECIDE, DO = Step


def carried(template):
    return [stage.step for stage in TEMPLATES[template]]


def shown(steps):
    return [place_of(step, steps) for step in Step]


@pytest.mark.parametrize(
    ("template", "places"),
    [
        (ProcessTemplate.OSTBERGA, [1, 2, 3, 4, 5]),
        (ProcessTemplate.SKR, [2, 3, 4, 5, 6]),
        (ProcessTemplate.BRA, [2, 2, 3, 3, 4]),
        (ProcessTemplate.OWN, [1, 1, 1, 1, 2]),
    ],
)
def test_a_template_shows_the_issues_of_every_step(template, places):
    assert shown(carried(template)) == places


@pytest.mark.parametrize("template", ProcessTemplate)
def test_a_template_works_and_is_written_in_every_language(template):
    stages = TEMPLATES[template]

    assert problem_with([stage.step for stage in stages]) is None
    for stage in stages:
        names = stage.names()
        assert set(names) == set(LANGUAGES)
        assert len(set(names.values())) == len(LANGUAGES), f"{names['sv']} is not translated"
        assert len(set(stage.descriptions().values())) in (0, len(LANGUAGES))


def test_the_steps_left_out_are_listed_where_their_issues_are_shown():
    steps = carried(ProcessTemplate.BRA)

    assert [steps_shown_at(number, steps) for number in range(1, 6)] == [
        [],
        [LISTEN, REPORT],
        [GROUPS, DECIDE],
        [DO],
        [],
    ]


@pytest.mark.parametrize(
    ("steps", "number", "text"),
    [
        ([LISTEN], 0, "En dialog har minst 2 och högst 12 steg. Nu är de 1."),
        ([LISTEN, *[None] * 12], 0, "En dialog har minst 2 och högst 12 steg. Nu är de 13."),
        ([None, DO], 0, "Ett steg ska ha spärren «Intervjuer»: där börjar varje fråga."),
        ([LISTEN, DO, DO], 3, "Spärren «Genomförande» finns redan på ett annat steg. Välj en annan, eller ingen."),
        (
            [LISTEN, DECIDE, None, REPORT],
            4,
            "«Rapport» kommer före «Beslut»: frågorna passerar spärrarna i den ordningen. "
            "Flytta steget, eller byt spärr.",
        ),
    ],
)
def test_what_cannot_work_is_said_at_the_stage_it_is_about(steps, number, text):
    problem = problem_with(steps)

    assert problem is not None
    assert (problem.number, problem.text) == (number, text)


@given(st.lists(st.one_of(st.none(), st.sampled_from(Step)), max_size=14))
def test_whatever_is_not_refused_shows_each_step_once_and_never_backwards(steps):
    if problem_with(steps) is None:
        places = shown(steps)

        assert places == sorted(places)
        assert [step for number in range(1, len(steps) + 1) for step in steps_shown_at(number, steps)] == list(Step)
        assert all(place_of(step, steps) == number for number, step in enumerate(steps, 1) if step is not None)


def test_the_small_staircase_rises_to_the_top_and_is_filled_to_its_stage():
    bars = StagePlace(3, 7, {"sv": "Dialog"}).bars

    assert [is_on for _, is_on in bars] == [True, True, True, False, False, False, False]
    assert [level for level, _ in bars] == sorted(level for level, _ in bars)
    assert (bars[0][0], bars[-1][0]) == (3, 10)
