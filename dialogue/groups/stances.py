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
    taken: int  # how many seats have taken a stand; 0 when they are too few to be told of


def shown(stands: Iterable[Stand]) -> Shown:
    """All reasons, and the positions of those roles that hide nobody.

    When one role has fewer than three stands, the rest could be worked out from the others: then roles are told only
    if those left out are together three or more. The reasons are always told, at the worst without any role.
    """
    taken = list(stands)
    groups: dict[str, list[Stand]] = defaultdict(list)
    for one in taken:
        groups[one.role].append(one)
    small = [role for role, its in groups.items() if len(its) < FEWEST]
    left_out = sum(len(groups[role]) for role in small)
    told = set(groups) - set(small) if left_out in range(FEWEST, len(taken) + 1) or not small else set()
    by_role = {role: dict(Counter(one.stance for one in groups[role])) for role in sorted(told)}
    given = sorted(
        (Told(one.stance, one.reason, one.role if one.role in told else "") for one in taken if one.reason),
        key=lambda one: (one.role, one.stance != Stance.OBJECTION, one.reason),
    )
    return Shown(by_role, tuple(given), len(taken) if len(taken) >= FEWEST else 0)
