"""Bands and figures of the pulse tell of nobody."""

import pytest

from dialogue.rules.pulse_questions import MANY_OPINIONS, QUESTIONS, Band, band_of, figures

YES = dict.fromkeys(QUESTIONS, 4)


@pytest.mark.parametrize("stands", range(MANY_OPINIONS, 40))
def test_no_band_tells_that_all_agree_or_that_one_does_not(stands):
    assert band_of(stands, stands, 40) == band_of(stands - 1, stands, 40) == Band.NEARLY_ALL
    assert band_of(0, stands, 40) == band_of(1, stands, 40) == Band.FEW


def test_one_who_does_not_know_can_not_be_counted_out():
    sure = figures([YES] * 9, asked=9)
    one_unsure = figures([YES] * 8 + [{}], asked=9)

    assert sure == one_unsure


def test_a_question_that_fewer_than_six_took_a_stand_on_is_not_told():
    few = figures([YES] * 5 + [{key: 1 for key in QUESTIONS if key != "lovar"}] * 4, asked=9)

    assert [figure.band is None for figure in few] == [False, False, True, False]
