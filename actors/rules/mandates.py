"""What a mandate to answer for an organisation may cover, and which registry addresses count. Pure."""

from collections.abc import Collection, Iterable

from django.db import models

from ostberga.lib.mailboxes import domain_in_letters
from ostberga.lib.translations.sentences import list_in_words


class MandateScope(models.TextChoices):
    """A form of answer that a mandate covers."""

    DELEGATION = "delegation", "fatta beslut på delegation"
    EXECUTION = "execution", "besluta om verkställighet"
    REGISTER = "register", "registrera vad nämnden eller styrelsen har beslutat"
    COMMITMENTS = "commitments", "göra åtaganden och ansluta sig till överenskommelser"


def scopes_for(kind: str) -> tuple[MandateScope, ...]:
    """Return what mandates of an organisation of this kind (`Organisation.Kind`) may cover.

    What it can never decide here is left out: a company decides nothing on delegation, and an association has no public
    registry that can confirm who decides for it, so it can only make commitments.
    """
    own = {
        "committee_admin": (MandateScope.DELEGATION, MandateScope.EXECUTION, MandateScope.REGISTER),
        "municipal_company": (MandateScope.EXECUTION, MandateScope.REGISTER),
        "state_authority": (MandateScope.DELEGATION,),
    }
    return (*own.get(kind, ()), MandateScope.COMMITMENTS)


def in_words(scopes: Collection[str]) -> str:
    """Return scopes as people read them: «fatta beslut på delegation och göra åtaganden»."""
    return list_in_words(scope.label for scope in MandateScope if scope in scopes)


def in_order(scopes: Iterable[str]) -> list[str]:
    """Return the known scopes, each once, in the order of `MandateScope`. Raises ValueError for an unknown one."""
    given = {MandateScope(scope) for scope in scopes}
    return [scope.value for scope in MandateScope if scope in given]


def domain_of(address: str) -> str:
    """Return the domain of an e-mail address in lower case, with its own letters; empty when there is none."""
    return domain_in_letters(address.rpartition("@")[2].strip()) if "@" in address else ""
