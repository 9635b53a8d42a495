"""What a seat thinks of a proposal, and how much of it may be told without pointing at anybody. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A role is told of from so many seats that have taken a stand; a smaller one could point at somebody.
MIN_SEATS = 3


class Stance(models.TextChoices):
    """A position is not a vote: it is never summed, and an objection is kept with its reason."""

    CONSENT = "consent", _("samtycke")
    RESERVED = "reserved", _("samtycke med förbehåll")
    OBJECTION = "objection", _("invändning")


WORDS = {"resident": _("boende"), "elected": _("förtroendevalda"), "official": _("tjänstepersoner")}
NEEDS_REASON = (Stance.RESERVED, Stance.OBJECTION)


@dataclass(frozen=True)
class AnonymousPosition:
    """What one seat thinks, without saying which seat."""

    role: str  # of the seat
    stance: Stance
    reason: str = ""


@dataclass(frozen=True)
class ShownReason:
    """A reason as it may be shown: with the role only where it points at nobody."""

    stance: Stance
    reason: str
    role: str = ""  # empty when the role may not be told

    @property
    def who(self) -> Promise | str:
        """The role in words; empty when it may not be told."""
        return WORDS.get(self.role, self.role)


@dataclass(frozen=True)
class ShownPositions:
    """What everybody may know of a group's positions."""

    by_role: dict[str, dict[Stance, int]]  # only roles that may be told; in no order that says anything
    reasons: tuple[ShownReason, ...]  # all of them: nobody's no is lost

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.by_role or self.reasons)

    @property
    def roles(self) -> list[tuple[Promise | str, dict[Stance, int]]]:
        """What may be told by role, with the roles in words."""
        return [(WORDS.get(role, role), stances) for role, stances in self.by_role.items()]

    @property
    def has_objections(self) -> bool:
        """Whether somebody says no."""
        return any(one.stance == Stance.OBJECTION for one in self.reasons)

    @property
    def hides_roles(self) -> bool:
        """Whether some reason stands without its role."""
        return any(not one.role for one in self.reasons)


def positions_to_show(stands: Iterable[AnonymousPosition]) -> ShownPositions:
    """All reasons, and the positions of those roles that hide nobody.

    A role with fewer than three stands is left out, and nothing tells that it is. If somebody in it gave a reason, that
    is told without its role; then no role is told, or hers could be worked out from the others. How many have taken a
    stand is not told: whoever knew it would know what those left out think.
    """
    taken = list(stands)
    groups: dict[str, list[AnonymousPosition]] = defaultdict(list)
    for one in taken:
        groups[one.role].append(one)
    told = {role for role, its in groups.items() if len(its) >= MIN_SEATS}
    if any(one.reason for one in taken if one.role not in told):
        told = set()
    by_role = {role: _counted(groups[role]) for role in sorted(told)}
    given = (ShownReason(one.stance, one.reason, one.role if one.role in told else "") for one in taken if one.reason)
    return ShownPositions(by_role, tuple(sorted(given, key=_place)))


def reasons_so_far(stands: Iterable[AnonymousPosition]) -> ShownPositions:
    """What may be known while positions still come in: the reasons alone.

    With roles, somebody who looked before and after one more had been given could tell what it was.
    """
    given = (ShownReason(one.stance, one.reason) for one in stands if one.reason)
    return ShownPositions({}, tuple(sorted(given, key=_place)))


def _counted(stands: Iterable[AnonymousPosition]) -> dict[Stance, int]:
    """In the order of the words: the order they were given in would say who was first."""
    number = Counter(one.stance for one in stands)
    return {stance: number[stance] for stance in Stance if number[stance]}


def _place(told: ShownReason) -> tuple[str, int, str]:
    """Noes first: they are what a decider must not miss."""
    return told.role, -list(Stance).index(told.stance), told.reason
