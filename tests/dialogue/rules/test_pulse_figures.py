"""The pulse: what may be shown of so few answers that a number can point somebody out."""

import pytest

from dialogue.rules.pulse_questions import Band, band_of, figures

ALL_FOUR = ("vem", "paverkar", "lovar", "tiden")


def answered(*opinions):
    return [{"vem": opinion} if opinion else {} for opinion in opinions]


def test_fewer_than_six_answers_are_not_shown():
    assert figures(answered(4, 4, 4, 4, 4)) == ()


def test_each_question_has_a_figure_from_six_answers():
    shown = figures([dict.fromkeys(ALL_FOUR, 4)] * 6)

    assert [(str(figure.text), figure.band, figure.unsure) for figure in shown] == [
        ("Vi vet vem som bestämmer vad.", Band.NEARLY_ALL, None),
        ("Det jag säger påverkar vad vi gör.", Band.NEARLY_ALL, None),
        ("Vi håller det vi lovar varandra.", Band.NEARLY_ALL, None),
        ("Samarbetet är värt tiden det tar.", Band.NEARLY_ALL, None),
    ]


@pytest.mark.parametrize(
    ("opinions", "band", "unsure"),
    [
        ([3, 3, 3, 3, 3, 2], Band.NEARLY_ALL, None),
        ([3, 4, 1, 2, 2, 2], Band.LESS, None),
        ([4, 4, 4, 4, 4, None], None, None),  # five opinions are too few
        ([4] * 6 + [None] * 5, Band.NEARLY_ALL, None),
        ([4] * 6 + [None] * 6, Band.NEARLY_ALL, 6),
        ([None] * 7, None, None),
    ],
)
def test_an_opinion_is_shown_as_a_fifth_and_the_unsure_from_six(opinions, band, unsure):
    figure = figures(answered(*opinions))[0]

    assert (figure.band, figure.unsure) == (band, unsure)


@pytest.mark.parametrize(
    ("agreeing", "band"), [(0, 1), (1, 1), (2, 2), (3, 2), (4, 3), (6, 4), (8, 5), (9, 5), (10, 5)]
)
def test_all_and_none_have_no_bands_of_their_own(agreeing, band):
    assert band_of(agreeing, 10) == band


def test_each_band_has_its_words():
    assert [str(band.words) for band in Band] == [
        "få håller med",
        "färre än hälften håller med",
        "ungefär hälften håller med",
        "de flesta håller med",
        "nästan alla håller med",
    ]
