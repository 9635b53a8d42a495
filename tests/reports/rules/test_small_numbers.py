"""Small groups are hidden so that nobody can reckon them out, and missing ones are shown."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from reports.rules.small_numbers import hide_small

MINIMUM = 6


def shown(*numbers: int) -> list[int | str]:
    counted = hide_small([(str(place), number) for place, number in enumerate(numbers)], MINIMUM)
    words: list[int | str] = [one.number if one.shown else ("få" if one.few else "dold") for one in counted.counts]
    return [*words, "=", counted.total if counted.total_shown else "dold"]


def test_large_groups_and_missing_ones_are_shown() -> None:
    assert shown(40, 0, 6) == [40, 0, 6, "=", 46]


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    assert shown(40, 3, 12) == [40, "få", "dold", "=", 55]


def test_two_small_groups_that_could_be_anything_are_enough() -> None:
    assert shown(40, 3, 4) == [40, "få", "få", "=", 47]


def test_two_small_groups_that_can_only_be_one_thing_take_a_third() -> None:
    assert shown(40, 1, 1) == ["dold", "få", "få", "=", 42]


def test_one_small_group_alone_hides_the_sum() -> None:
    assert shown(0, 3, 0) == [0, "få", 0, "=", "dold"]


@given(st.lists(st.integers(0, 14), min_size=1, max_size=4))
def test_nobody_can_reckon_out_a_small_group(numbers: list[int]) -> None:
    """Try every division that fits what is shown: each small group must have at least three possible sizes."""
    counted = hide_small([(str(place), number) for place, number in enumerate(numbers)], MINIMUM)
    if not counted.total_shown:
        return
    possible: list[range | list[int]] = [
        [one.number] if one.shown else (range(1, MINIMUM) if one.few else range(MINIMUM, 57)) for one in counted.counts
    ]
    fitting = [sizes for sizes in product(*possible) if sum(sizes) == counted.total]
    small = [place for place, one in enumerate(counted.counts) if one.few]
    assert all(len({sizes[place] for sizes in fitting}) >= 3 for place in small)
