"""What a seat thinks of a proposal, and how much of it may be told without pointing at anybody. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

# A role is told of from so many seats that have taken a stand; a smaller one could point at somebody.
FEWEST = 3


class Stance(models.TextChoices):
    """A position is not a vote: it is never summed, and an objection is kept with its reason."""

    CONSENT = "consent", _("samtycke")
    RESERVED = "reserved", _("samtycke med förbehåll")
    OBJECTION = "objection", _("invändning")


NEEDS_REASON = (Stance.RESERVED, Stance.OBJECTION)


@dataclass(frozen=True)
class Stand:
    """What one seat thinks, without saying which seat."""

    role: str  # of the seat
    stance: Stance
    reason: str = ""


@dataclass(frozen=True)
class Told:
    """A reason as it may be shown: with the role only where it points at nobody."""

    stance: Stance
    reason: str
    role: str = ""  # empty when the role may not be told


@dataclass(frozen=True)
class Shown:
    """What everybody may know of a group's positions."""

    by_role: dict[str, dict[Stance, int]]  # only roles that may be told; in no order that says anything
    reasons: tuple[Told, ...]  # all of them: nobody's no is lost
    taken: int  # how many seats have taken a stand; 0 when some of them stand in a role that may not be told

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.by_role or self.reasons)


def shown(stands: Iterable[Stand]) -> Shown:
    """All reasons, and the positions of those roles that hide nobody.

    When one role has fewer than three stands, the rest could be worked out from the others: then roles are told only
    if those left out are together three or more. The reasons are always told, at the worst without any role. How many
    they are is told only when nobody is left out: else it would say what those think whose role is not told, when all
    of them gave a reason, or none did.
    """
    taken = list(stands)
    groups: dict[str, list[Stand]] = defaultdict(list)
    for one in taken:
        groups[one.role].append(one)
    small = [role for role, its in groups.items() if len(its) < FEWEST]
    left_out = sum(len(groups[role]) for role in small)
    told = set(groups) - set(small) if left_out in range(FEWEST, len(taken) + 1) or not small else set()
    by_role = {role: _counted(groups[role]) for role in sorted(told)}
    given = sorted(
        (Told(one.stance, one.reason, one.role if one.role in told else "") for one in taken if one.reason),
        key=lambda one: (one.role, one.stance != Stance.OBJECTION, one.reason),
    )
    return Shown(by_role, tuple(given), len(taken) if told == set(groups) else 0)


def so_far(stands: Iterable[Stand]) -> Shown:
    """What may be known while positions still come in: the reasons alone.

    With roles, somebody who looked before and after one more had been given could tell what it was.
    """
    given = sorted((Told(one.stance, one.reason) for one in stands if one.reason), key=_without_role)
    return Shown({}, tuple(given), 0)


def _counted(stands: Iterable[Stand]) -> dict[Stance, int]:
    """In the order of the words: the order they were given in would say who was first."""
    number = Counter(one.stance for one in stands)
    return {stance: number[stance] for stance in Stance if number[stance]}


def _without_role(told: Told) -> tuple[bool, str]:
    return told.stance != Stance.OBJECTION, told.reason
