"""Breadth: which groups a viewpoint has been heard from. Never counts or ranks. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from surveys.rules.roles import KNOWN_ROLES, Role

# Used in sentences such as «Hörts från boende och tjänstepersoner». Swedish only: no resident page shows them.
IN_SENTENCE = {
    Role.RESIDENT: "boende",
    Role.ELECTED: "förtroendevalda",
    Role.OFFICIAL: "tjänstepersoner",
    Role.BUSINESS: "näringsliv",
    Role.ASSOCIATION: "föreningar",
}


class HasRole(Protocol):
    """Anything with the role of the person who said it, such as a statement."""

    @property
    def role(self) -> str: ...


@dataclass(frozen=True)
class Breadth:
    """Which of the possible groups have been heard. A statement with role «okänd» counts as a voice but as no group."""

    heard: tuple[Role, ...]
    possible: tuple[Role, ...]
    voices: int

    @property
    def missing(self) -> tuple[Role, ...]:
        """The groups not heard yet."""
        return tuple(role for role in self.possible if role not in self.heard)

    @property
    def is_single_voice(self) -> bool:
        """Whether only one statement has been heard."""
        return self.voices == 1

    @property
    def words(self) -> str:
        """A Swedish sentence: «Hörts från boende och tjänstepersoner – 2 av 5 grupper»."""
        if not self.voices:
            return "Inga utsagor än"
        if not self.heard:
            return "Hörts, men vi vet inte från vilken grupp"
        return f"Hörts från {join_role_names(self.heard)} – {len(self.heard)} av {len(self.possible)} grupper"

    @property
    def missing_words(self) -> str:
        """The groups not heard yet as a Swedish list; empty when all have been heard."""
        return join_role_names(self.missing)


def compute_breadth(statements: Iterable[HasRole], possible: tuple[Role, ...] = KNOWN_ROLES) -> Breadth:
    """Return which groups the statements come from.

    `possible` includes groups that have not been heard anywhere, so that «2 av 5» shows that some are missing.
    """
    roles = [statement.role for statement in statements]
    return Breadth(tuple(role for role in possible if role in roles), possible, len(roles))


def join_role_names(roles: Iterable[Role]) -> str:
    """Return the roles as a Swedish list: «boende, föreningar och tjänstepersoner»."""
    names = [IN_SENTENCE[role] for role in roles if role in IN_SENTENCE]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} och {names[-1]}"
