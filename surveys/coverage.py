"""Breadth: from which groups a viewpoint has been heard. Never how many, never a ranking. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.roles import KNOWN_ROLES, Role

# The groups as they stand in a sentence: «hörts från boende och tjänstepersoner».
IN_SENTENCE = {
    Role.RESIDENT: gettext_lazy("boende"),
    Role.ELECTED: gettext_lazy("förtroendevalda"),
    Role.OFFICIAL: gettext_lazy("tjänstepersoner"),
    Role.BUSINESS: gettext_lazy("näringsliv"),
    Role.ASSOCIATION: gettext_lazy("föreningar"),
}


class Voice(Protocol):
    """Something somebody said: all that breadth needs to know of it is who, in general terms."""

    @property
    def role(self) -> str: ...


@dataclass(frozen=True)
class Breadth:
    """The groups heard, out of those that can be heard. «Okänd» is a voice but no group."""

    heard: tuple[Role, ...]
    possible: tuple[Role, ...]
    voices: int

    @property
    def missing(self) -> tuple[Role, ...]:
        """The groups not heard yet."""
        return tuple(role for role in self.possible if role not in self.heard)

    @property
    def is_single_voice(self) -> bool:
        """One voice only: the one most easily lost, and most worth keeping."""
        return self.voices == 1

    @property
    def words(self) -> str:
        """«Hörts från boende och tjänstepersoner – 2 av 5 grupper»."""
        if not self.voices:
            return _("Inga utsagor än")
        if not self.heard:
            return _("Hörts, men vi vet inte från vilken grupp")
        return _("Hörts från %(groups)s – %(heard)d av %(possible)d grupper") % {
            "groups": listed(self.heard),
            "heard": len(self.heard),
            "possible": len(self.possible),
        }

    @property
    def missing_words(self) -> str:
        """The groups still to listen to, as a list in words; empty when all have been heard."""
        return listed(self.missing)


def breadth(statements: Iterable[Voice], possible: tuple[Role, ...] = KNOWN_ROLES) -> Breadth:
    """From which groups these statements come.

    Possible are all five known groups, also those nobody has listened to anywhere: «2 av 2» would hide who is missing.
    """
    roles = [statement.role for statement in statements]
    return Breadth(tuple(role for role in possible if role in roles), possible, len(roles))


def listed(roles: Iterable[Role]) -> str:
    """«boende, föreningar och tjänstepersoner»."""
    names = [str(IN_SENTENCE[role]) for role in roles if role in IN_SENTENCE]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s och %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
