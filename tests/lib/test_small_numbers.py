"""Every small table is tried: a reader who knows the rule can not work out a number that is not published.

She simulates the rule: she makes every table there could be, publishes each, and keeps those that look like the one she
reads. Whatever is published as a span must take at least three values among them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations_with_replacement, permutations, product

import pytest

from ostberga.lib.privacy.small_numbers import NumberSpan, PublishedTables, publish, step_span, total_span

MINIMUM = 6
UP_TO, READERS_MOST, MOST_OF_TWO = 15, 60, 35
Tables = tuple[tuple[int, ...], ...]


def worlds_by_look(worlds: Iterable[Tables]) -> dict[PublishedTables, list[Tables]]:
    """The tables that there could be, by what is published of them."""
    looks = defaultdict(list)
    for tables in worlds:
        looks[publish(tables, MINIMUM)].append(tables)
    return looks


def values(look: PublishedTables, worlds: list[Tables]) -> Iterator[tuple[NumberSpan, set[int]]]:
    """Each published span, and the values that the number takes in the worlds that look like this.

    Groups of one table that look the same may change places, so that a world stands for all orders of itself.
    """
    yield look.total, {sum(tables[0]) for tables in worlds}
    for table, spans in enumerate(look.tables):
        for span in set(spans):
            places = [place for place, shown in enumerate(spans) if shown == span]
            yield span, {tables[table][place] for tables in worlds for place in places}


def worked_out(worlds: Iterable[Tables], most: int = UP_TO * 5) -> list[tuple[PublishedTables, NumberSpan, set[int]]]:
    """Spans of which a reader can tell the number, or that it is one of two.

    Counts up to UP_TO and totals up to `most` are judged; the reader knows that there could be larger ones.
    """
    return [
        (look, span, numbers)
        for look, alike in worlds_by_look(worlds).items()
        if (look.total.most or 0) <= most and any(max(map(max, tables)) <= UP_TO for tables in alike)
        for span, numbers in values(look, alike)
        if span.least != span.most and len(numbers) < 3
    ]


def tables_of(groups: int) -> Iterator[Tables]:
    """All tables with the largest group first. The reader knows of larger ones than those that are tried."""
    for others in combinations_with_replacement(range(UP_TO, -1, -1), groups - 1):
        for largest in range(max(others, default=0), READERS_MOST):
            yield ((largest, *others),)


@pytest.mark.parametrize("groups", [1, 2, 3, 4, 5])
def test_no_number_of_any_table_of_up_to_five_groups_can_be_worked_out(groups):
    assert worked_out(tables_of(groups)) == []


@pytest.mark.parametrize("groups", [2, 3, 4, 5])
def test_nor_when_the_largest_group_stands_last_so_that_none_equals_it(groups):
    turned = ((tuple(reversed(table)),) for (table,) in tables_of(groups) if table[0] > max(table[1], MINIMUM - 1))

    assert worked_out(turned) == []


def test_nor_when_every_order_is_tried():
    ordered = ((numbers,) for numbers in product(range(UP_TO + 1), repeat=3))
    larger = (
        (tuple(order),)
        for others in combinations_with_replacement(range(UP_TO + 1), 2)
        for largest in range(UP_TO + 1, READERS_MOST)
        for order in set(permutations((largest, *others)))
    )

    assert worked_out((*ordered, *larger)) == []


def parts(total: int, groups: int, most: int) -> Iterator[tuple[int, ...]]:
    """All ways to divide a number into so many groups, the largest first."""
    if groups == 1:
        if total <= most:
            yield (total,)
        return
    for first in range(min(total, most), -(-total // groups) - 1, -1):
        for rest in parts(total - first, groups - 1, first):
            yield (first, *rest)


@pytest.mark.parametrize("groups", [(4, 2), (3, 3), (2, 2), (5, 1)])
def test_nor_from_two_tables_of_the_same_people(groups):
    """One table may bound the total, and so the groups of another: ages from roles, forms from languages."""
    totals = range(MOST_OF_TWO + 1)
    each = [[list(parts(total, count, total)) for count in groups] for total in totals]
    worlds = (pair for tables in each for pair in product(*tables))

    assert worked_out(worlds, MOST_OF_TWO) == []


@pytest.mark.parametrize("groups", [1, 2])
def test_two_versions_that_differ_do_not_tell_by_how_many(groups):
    """If some joined a group between two publications, the reader sees no more than a step."""
    joined = defaultdict(set)
    for (table,) in tables_of(groups):
        for more in range(1, READERS_MOST):
            before, after = publish([table], MINIMUM), publish([(table[0] + more, *table[1:])], MINIMUM)
            joined[before, after].add(more)
    told = {looks: numbers for looks, numbers in joined.items() if looks[0] != looks[1] and looks[0].has_numbers}

    assert min(len(numbers) for looks, numbers in told.items() if looks[1].total.least < READERS_MOST // 2) >= 3


def words(*numbers: int) -> list[str]:
    published = publish([numbers], MINIMUM)
    return [*(span.words for span in published.tables[0]), "=", published.total.words]


@pytest.mark.parametrize(
    ("numbers", "published"),
    [
        ((40, 0, 6), ["36–44", "0", "6–10", "=", "46–50"]),
        ((40, 3, 12), ["31–43", "färre än 6", "11–15", "=", "51–55"]),
        ((20, 3, 6), ["11–23", "färre än 6", "6–10", "=", "26–30"]),
        ((8, 3), ["6–14", "färre än 6", "=", "7–15"]),
        ((3, 3, 0), ["visas inte", "visas inte", "0", "=", "6–10"]),
        ((3, 1, 0), ["visas inte", "visas inte", "visas inte", "=", "färre än 6"]),
        ((0, 0), ["0", "0", "=", "0"]),
    ],
)
def test_what_is_published(numbers, published):
    assert words(*numbers) == published


def test_a_higher_minimum_makes_wider_steps():
    steps = [step_span(number, 11).words for number in (0, 1, 10, 11, 21)]
    assert steps == ["0", "färre än 11", "färre än 11", "11–20", "21–30"]
    assert [total_span(total, 11, 11) for total in (18, 90)] == [NumberSpan(11, 20), NumberSpan(81, 90)]


def test_tables_of_different_people_are_refused():
    with pytest.raises(ValueError, match="same people"):
        publish([(6, 6), (6, 7)], MINIMUM)
