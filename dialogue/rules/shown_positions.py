"""Positions of seats on a proposal, and which of them may be shown without identifying anybody. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The positions of a role are shown only when at least so many of its seats have taken one.
MIN_SEATS = 3


class Stance(models.TextChoices):
    """A seat's position on a proposal. Not a vote: positions are never summed over roles, and every reason is kept."""

    CONSENT = "consent", _("samtycke")
    RESERVED = "reserved", _("samtycke med förbehåll")
    OBJECTION = "objection", _("invändning")


WORDS = {"resident": _("boende"), "elected": _("förtroendevalda"), "official": _("tjänstepersoner")}
NEEDS_REASON = (Stance.RESERVED, Stance.OBJECTION)


@dataclass(frozen=True)
class AnonymousPosition:
    """The position of one seat, without saying which seat."""

    role: str  # of the seat
    stance: Stance
    reason: str = ""


@dataclass(frozen=True)
class ShownReason:
    """A reason as it may be shown: with the role only where that identifies nobody."""

    stance: Stance
    reason: str
    role: str = ""  # empty when the role may not be shown

    @property
    def who(self) -> Promise | str:
        """The role in words; empty when it may not be shown."""
        return WORDS.get(self.role, self.role)


@dataclass(frozen=True)
class ShownPositions:
    """What may be shown of a group's positions on a proposal."""

    by_role: dict[str, dict[Stance, int]]  # only roles that may be shown, in an order that reveals nothing
    reasons: tuple[ShownReason, ...]  # all of them, so that no objection is lost

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.by_role or self.reasons)

    @property
    def roles(self) -> list[tuple[Promise | str, dict[Stance, int]]]:
        """The positions by role, with the roles in words."""
        return [(WORDS.get(role, role), stances) for role, stances in self.by_role.items()]

    @property
    def has_objections(self) -> bool:
        """Whether somebody objects."""
        return any(reason.stance == Stance.OBJECTION for reason in self.reasons)

    @property
    def hides_roles(self) -> bool:
        """Whether some reason is shown without its role."""
        return any(not reason.role for reason in self.reasons)


def positions_to_show(positions: Iterable[AnonymousPosition]) -> ShownPositions:
    """Return all reasons, and the positions of the roles that may be shown.

    A role with fewer than three positions is left out, without saying so. If a seat of such a role gave a reason, the
    reason is shown without its role, and then no role is shown: that seat's role could be worked out from the others.
    The total number of positions is not shown, since it would reveal the positions of the roles left out.
    """
    taken = list(positions)
    by_role: dict[str, list[AnonymousPosition]] = defaultdict(list)
    for position in taken:
        by_role[position.role].append(position)
    shown_roles = {role for role, members in by_role.items() if len(members) >= MIN_SEATS}
    if any(position.reason for position in taken if position.role not in shown_roles):
        shown_roles = set()
    counts = {role: _count_stances(by_role[role]) for role in sorted(shown_roles)}
    reasons = (
        ShownReason(position.stance, position.reason, position.role if position.role in shown_roles else "")
        for position in taken
        if position.reason
    )
    return ShownPositions(counts, tuple(sorted(reasons, key=_reason_order)))


def reasons_so_far(positions: Iterable[AnonymousPosition]) -> ShownPositions:
    """Return what may be shown while positions are still being taken: the reasons alone, without roles.

    With roles, somebody who looked before and after one more position was taken could tell what it was.
    """
    reasons = (ShownReason(position.stance, position.reason) for position in positions if position.reason)
    return ShownPositions({}, tuple(sorted(reasons, key=_reason_order)))


def _count_stances(positions: Iterable[AnonymousPosition]) -> dict[Stance, int]:
    """Count by stance, in the order of `Stance`: the order in which they were taken would reveal who was first."""
    counts = Counter(position.stance for position in positions)
    return {stance: counts[stance] for stance in Stance if counts[stance]}


def _reason_order(reason: ShownReason) -> tuple[str, int, str]:
    """By role, with objections first, since a decider must not miss them."""
    return reason.role, -list(Stance).index(reason.stance), reason.reason
