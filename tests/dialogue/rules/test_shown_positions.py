"""What may be shown of positions: nothing that tells what somebody in a small role thinks, for any small group."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations_with_replacement

from hypothesis import given
from hypothesis import strategies as st

from dialogue.rules.shown_positions import (
    MIN_SEATS,
    AnonymousPosition,
    ShownPositions,
    Stance,
    positions_to_show,
    reasons_so_far,
)

ROLES = ("resident", "elected", "official")
THOUGHTS = (
    (Stance.CONSENT, ""),
    (Stance.CONSENT, "Bra."),
    (Stance.RESERVED, "Om det inte bländar."),
    (Stance.OBJECTION, "Ljuset stör sömnen."),
)
KINDS = [AnonymousPosition(role, stance, reason) for role in ROLES for stance, reason in THOUGHTS]
stands = st.lists(
    st.builds(
        AnonymousPosition,
        st.sampled_from(ROLES),
        st.sampled_from(Stance),
        st.text(alphabet="abå ", max_size=6).map(str.strip),
    ),
    max_size=14,
)


@given(stands)
def test_no_role_is_told_under_three(taken):
    number = Counter(one.role for one in taken)
    told = positions_to_show(taken)

    assert {number[role] >= MIN_SEATS for role in told.by_role} <= {True}
    assert {one.role for one in told.reasons} <= {*told.by_role, ""}


@given(stands)
def test_every_reason_is_told_with_what_it_was(taken):
    given = Counter((one.stance, one.reason) for one in taken if one.reason)

    assert Counter((one.stance, one.reason) for one in positions_to_show(taken).reasons) == given
    assert Counter((one.stance, one.reason) for one in reasons_so_far(taken).reasons) == given


@given(stands, st.randoms())
def test_who_was_first_can_not_be_seen(taken, chance):
    mixed = list(taken)
    chance.shuffle(mixed)
    told, again = positions_to_show(taken), positions_to_show(mixed)

    assert (told, [*map(list, told.by_role.values())]) == (again, [*map(list, again.by_role.values())])


@given(stands)
def test_what_comes_in_one_by_one_says_no_role(taken):
    told = reasons_so_far(taken)

    assert (told.by_role, {one.role for one in told.reasons} <= {""}) == ({}, True)


def worlds(most: int) -> Iterator[tuple[AnonymousPosition, ...]]:
    """Every way in which up to so many seats can think."""
    for number in range(most + 1):
        yield from combinations_with_replacement(KINDS, number)


def key(told: ShownPositions) -> tuple[object, ...]:
    """All that anybody can see."""
    return tuple((role, *stances.items()) for role, stances in told.by_role.items()), told.reasons


def test_no_role_that_is_left_out_can_be_worked_out():
    """Whoever sees what is told, and tries every group of up to seven, can not say that a left out role thinks so."""
    certain: dict[object, set[tuple[str, Stance]]] = {}
    for world in worlds(7):
        told = positions_to_show(world)
        thought = {(one.role, one.stance) for one in world if one.role not in told.by_role}
        certain[key(told)] = certain.get(key(told), thought) & thought

    assert {seen: known for seen, known in certain.items() if known} == {}
