"""Suppression of small groups, also against calculation; missing groups are shown."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from reports.rules.small_numbers import hide_small

MINIMUM = 6


def shown_numbers(*numbers: int) -> list[int | str]:
    counted = hide_small([(str(place), number) for place, number in enumerate(numbers)], MINIMUM)
    words: list[int | str] = [
        count.number if count.is_shown else ("få" if count.few else "dold") for count in counted.counts
    ]
    return [*words, "=", counted.total if counted.total_shown else "dold"]


def test_large_groups_and_missing_ones_are_shown() -> None:
    assert shown_numbers(40, 0, 6) == [40, 0, 6, "=", 46]


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    assert shown_numbers(40, 3, 12) == [40, "få", "dold", "=", 55]


def test_two_small_groups_that_could_be_anything_are_enough() -> None:
    assert shown_numbers(40, 3, 4) == [40, "få", "få", "=", 47]


def test_two_small_groups_that_can_only_be_one_thing_take_a_third() -> None:
    assert shown_numbers(40, 1, 1) == ["dold", "få", "få", "=", 42]


def test_one_small_group_alone_hides_the_sum() -> None:
    assert shown_numbers(0, 3, 0) == [0, "få", 0, "=", "dold"]


@given(st.lists(st.integers(0, 14), min_size=1, max_size=4))
def test_nobody_can_reckon_out_a_small_group(numbers: list[int]) -> None:
    """Every combination of sizes that fits what is shown leaves at least three sizes for each small group."""
    counted = hide_small([(str(place), number) for place, number in enumerate(numbers)], MINIMUM)
    if not counted.total_shown:
        return
    possible: list[range | list[int]] = [
        [count.number] if count.is_shown else (range(1, MINIMUM) if count.few else range(MINIMUM, 57))
        for count in counted.counts
    ]
    fitting = [sizes for sizes in product(*possible) if sum(sizes) == counted.total]
    small = [place for place, count in enumerate(counted.counts) if count.few]
    assert all(len({sizes[place] for sizes in fitting}) >= 3 for place in small)
