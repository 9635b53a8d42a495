"""Breadth: from which groups a viewpoint has been heard. Never how many, never a ranking. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from surveys.rules.roles import KNOWN_ROLES, Role

# Read by the coordinator and in the report, which are Swedish only. «Hörts från boende och tjänstepersoner».
IN_SENTENCE = {
    Role.RESIDENT: "boende",
    Role.ELECTED: "förtroendevalda",
    Role.OFFICIAL: "tjänstepersoner",
    Role.BUSINESS: "näringsliv",
    Role.ASSOCIATION: "föreningar",
}


class HasRole(Protocol):
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
            return "Inga utsagor än"
        if not self.heard:
            return "Hörts, men vi vet inte från vilken grupp"
        return f"Hörts från {join_role_names(self.heard)} – {len(self.heard)} av {len(self.possible)} grupper"

    @property
    def missing_words(self) -> str:
        """The groups still to listen to, as a list in words; empty when all have been heard."""
        return join_role_names(self.missing)


def compute_breadth(statements: Iterable[HasRole], possible: tuple[Role, ...] = KNOWN_ROLES) -> Breadth:
    """From which groups these statements come.

    Possible are all five known groups, also those nobody has listened to anywhere: «2 av 2» would hide who is missing.
    """
    roles = [statement.role for statement in statements]
    return Breadth(tuple(role for role in possible if role in roles), possible, len(roles))


def join_role_names(roles: Iterable[Role]) -> str:
    """«boende, föreningar och tjänstepersoner»."""
    names = [IN_SENTENCE[role] for role in roles if role in IN_SENTENCE]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} och {names[-1]}"
