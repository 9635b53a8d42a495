"""How perspectives stand under a theme: opposites side by side, each once."""

from dataclasses import replace

from reports.rules.arranging import arrange_blocks
from tests.reports.rules.sample import LIGHT

FOUR = {key: replace(LIGHT, key=key, title=str(key)) for key in (1, 2, 3, 4)}


def placed(against):
    return [(tuple(each.key for each in block.perspectives), block.about) for block in arrange_blocks(FOUR, against)]


def test_without_opposites_all_stand_by_themselves_in_order():
    assert placed({}) == [((1,), ""), ((2,), ""), ((3,), ""), ((4,), "")]


def test_opposites_stand_beside_each_other_at_the_place_of_the_first():
    assert placed({1: {3: "ljuset"}, 3: {1: "ljuset"}}) == [((1, 3), "ljuset"), ((2,), ""), ((4,), "")]


def test_each_stands_once_beside_the_first_opposite_that_is_free():
    against = {1: {2: "a", 3: "b"}, 2: {1: "a"}, 3: {1: "b", 4: "c"}, 4: {3: "c"}}

    assert placed(against) == [((1, 2), "a"), ((3, 4), "c")]


def test_an_opposite_that_was_not_chosen_and_oneself_are_passed_over():
    assert placed({1: {9: "x", 1: "y"}}) == [((1,), ""), ((2,), ""), ((3,), ""), ((4,), "")]
