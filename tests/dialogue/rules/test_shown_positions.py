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
positions = st.lists(
    st.builds(
        AnonymousPosition,
        st.sampled_from(ROLES),
        st.sampled_from(Stance),
        st.text(alphabet="abå ", max_size=6).map(str.strip),
    ),
    max_size=14,
)


@given(positions)
def test_no_role_is_told_under_three(taken):
    number = Counter(position.role for position in taken)
    visible = positions_to_show(taken)

    assert {number[role] >= MIN_SEATS for role in visible.by_role} <= {True}
    assert {reason.role for reason in visible.reasons} <= {*visible.by_role, ""}


@given(positions)
def test_every_reason_is_told_with_what_it_was(taken):
    given = Counter((position.stance, position.reason) for position in taken if position.reason)

    assert Counter((row.stance, row.reason) for row in positions_to_show(taken).reasons) == given
    assert Counter((row.stance, row.reason) for row in reasons_so_far(taken).reasons) == given


@given(positions, st.randoms())
def test_who_was_first_can_not_be_seen(taken, chance):
    mixed = list(taken)
    chance.shuffle(mixed)
    visible, again = positions_to_show(taken), positions_to_show(mixed)

    assert (visible, [*map(list, visible.by_role.values())]) == (again, [*map(list, again.by_role.values())])


@given(positions)
def test_what_comes_in_one_by_one_says_no_role(taken):
    visible = reasons_so_far(taken)

    assert (visible.by_role, {reason.role for reason in visible.reasons} <= {""}) == ({}, True)


def worlds(most: int) -> Iterator[tuple[AnonymousPosition, ...]]:
    """Yield every combination of positions of up to so many seats."""
    for number in range(most + 1):
        yield from combinations_with_replacement(KINDS, number)


def key(visible: ShownPositions) -> tuple[object, ...]:
    """Return all that anybody can see, as a hashable value."""
    return tuple((role, *stances.items()) for role, stances in visible.by_role.items()), visible.reasons


def test_no_role_that_is_left_out_can_be_worked_out():
    """Trying every group of up to seven seats does not tell the position of a role that is not shown."""
    certain: dict[object, set[tuple[str, Stance]]] = {}
    for world in worlds(7):
        visible = positions_to_show(world)
        hidden = {(position.role, position.stance) for position in world if position.role not in visible.by_role}
        certain[key(visible)] = certain.get(key(visible), hidden) & hidden

    assert {seen: known for seen, known in certain.items() if known} == {}


def test_there_is_something_to_show_as_soon_as_there_is_a_reason_or_a_role():
    nothing = positions_to_show(())
    reason = reasons_so_far([AnonymousPosition("resident", Stance.OBJECTION, "Nej.")])
    roles = positions_to_show([AnonymousPosition("resident", Stance.CONSENT, "")] * MIN_SEATS)

    assert [bool(each) for each in (nothing, reason, roles)] == [False, True, True]
