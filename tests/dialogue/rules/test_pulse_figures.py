"""The pulse: what may be shown of so few answers that a number can point somebody out."""

from collections import defaultdict
from typing import Any

import pytest

from dialogue.rules.pulse_questions import MIN_ANSWERS, Band, answered_span, band_of, figures

ALL_FOUR = ("vem", "paverkar", "lovar", "tiden")


def answered(*opinions):
    return [{"vem": opinion} if opinion else {} for opinion in opinions]


def test_fewer_than_six_answers_are_not_shown():
    assert figures(answered(4, 4, 4, 4, 4), asked=9) == ()
    assert figures(answered(*[4] * 6), asked=7) == ()


def test_each_question_has_a_figure_from_six_answers():
    shown = figures([dict.fromkeys(ALL_FOUR, 4)] * 11, asked=20)

    assert [(str(figure.text), figure.band) for figure in shown] == [
        ("Vi vet vem som bestämmer vad.", Band.NEARLY_ALL),
        ("Det jag säger påverkar vad vi gör.", Band.NEARLY_ALL),
        ("Vi håller det vi lovar varandra.", Band.NEARLY_ALL),
        ("Samarbetet är värt tiden det tar.", Band.NEARLY_ALL),
    ]


@pytest.mark.parametrize(
    ("opinions", "band"),
    [
        ([3, 3, 3, 3, 3, 2], Band.HALF_OR_MORE),
        ([3, 4, 1, 2, 2, 2], Band.LESS),
        ([4, 4, 4, 4, 4, None], None),  # five opinions are too few
        ([4] * 12 + [None] * 5, Band.NEARLY_ALL),
        ([4] * 6 + [None] * 6, Band.HALF_OR_MORE),
        ([None] * 7, None),
    ],
)
def test_an_opinion_is_shown_as_a_band(opinions, band):
    assert figures(answered(*opinions), asked=20)[0].band == band


@pytest.mark.parametrize("asked", [*range(8, 24), 30])
def test_a_reader_who_tries_every_outcome_can_work_out_nothing(asked):
    """She knows how many were asked. What she can not read takes at least three values: agreeing, unsure, answered."""
    looks: dict[Any, tuple[set[int], ...]] = defaultdict(lambda: (set(), set(), set()))
    for respondents in range(MIN_ANSWERS, asked + 1):
        for unsure in range(respondents + 1):
            for agreeing in range(respondents - unsure + 1):
                given = [4] * agreeing + [1] * (respondents - unsure - agreeing) + [None] * unsure
                look = (answered_span(respondents, asked), figures(answered(*given), asked=asked)[0])
                for values, value in zip(looks[look], (agreeing, unsure, respondents), strict=True):
                    values.add(value)

    assert [look for look, values in looks.items() if min(map(len, values)) < 3] == []


@pytest.mark.parametrize(
    ("agreeing", "band"), [(0, 1), (3, 1), (4, 2), (7, 2), (8, 3), (12, 4), (16, 5), (19, 5), (20, 5)]
)
def test_all_and_none_have_no_bands_of_their_own(agreeing, band):
    assert band_of(agreeing, 20, 20) == band


def test_each_band_has_its_words():
    assert [str(band.words) for band in Band] == [
        "få håller med",
        "färre än hälften håller med",
        "ungefär hälften håller med",
        "de flesta håller med",
        "nästan alla håller med",
        "minst hälften håller med",
    ]
