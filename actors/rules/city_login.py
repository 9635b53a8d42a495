"""What a city's or a partner's login must say of itself, and why a sign-in with it is refused. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

# In place of values of `acr`: every login of the provider counts.
ALL = "all"
# Seconds that the provider's clock and ours may differ.
LEEWAY = 60


class Reason(StrEnum):
    """Why somebody who came back from a provider is not let in. The security log holds these words."""

    CANCELLED = "cancelled"  # she turned back herself
    EXPIRED = "expired"  # begun more than ten minutes ago, in another browser, or finished already
    AWAY = "away"  # the provider does not answer
    DENIED = "denied"  # the provider says no
    MISCONFIGURED = "misconfigured"  # its description of itself does not fit our settings
    UNTRUSTED = "untrusted"  # signature, issuer, recipient, time or nonce is wrong, or something is missing
    WEAK = "weak"  # `acr` or `amr` is missing, or another than demanded
    NOT_CONNECTED = "not_connected"  # no account is connected, and its word about addresses does not count
    NO_EMAIL = "no_email"  # no account is connected, and no address came
    UNVERIFIED_EMAIL = "unverified_email"  # an address came that the provider does not vouch for
    UNKNOWN = "unknown"  # nobody here has the address
    CLOSED = "closed"  # the account is
    OCCUPIED = "occupied"  # the account is connected to another login of the same provider
    TAKEN = "taken"  # the login is connected to another account
    MOVED = "moved"  # connected when the provider had another issuer
    OTHER_ADDRESS = "other_address"  # the invitation is for another address
    SOMEBODY_ELSE = "somebody_else"  # another than the one who is to show that she is still there
    STALE = "stale"  # not signed in anew, though asked for


@dataclass(frozen=True)
class Demand:
    """What a provider's logins must bring to count as two factors. Empty: they count as one, as a password does."""

    acr: frozenset[str] = frozenset()
    amr: frozenset[str] = frozenset()

    @property
    def is_made(self) -> bool:
        """Return whether anything is demanded."""
        return bool(self.acr or self.amr)

    @property
    def asked_for(self) -> str:
        """Return the values of `acr` to ask the provider for, separated by spaces; empty for none in particular."""
        return " ".join(sorted(self.acr - {ALL}))

    def is_met_by(self, claims: Mapping[str, object]) -> bool:
        """Return whether the claims of an ID token have one of the values of each that is demanded."""
        acr = claims.get("acr")
        has_acr = not self.acr or ALL in self.acr or (isinstance(acr, str) and acr in self.acr)
        return has_acr and (not self.amr or bool(self.amr & methods_in(claims)))


def methods_in(claims: Mapping[str, object]) -> frozenset[str]:
    """Return the values of `amr`: a list by the standard, a single text from some."""
    amr = claims.get("amr")
    values = amr if isinstance(amr, list) else [amr]
    return frozenset(value for value in values if isinstance(value, str))


def address_vouched_for(claims: Mapping[str, object], domains: Collection[str]) -> str | Reason:
    """Return the address that an account may be found by, or why there is none.

    Only an address that the provider has verified, in one of the domains that its word counts for.
    """
    if not domains:
        return Reason.NOT_CONNECTED
    address = claims.get("email")
    if not isinstance(address, str) or "@" not in address or not address.isascii():
        return Reason.NO_EMAIL
    if claims.get("email_verified") is not True:
        return Reason.UNVERIFIED_EMAIL
    domain = address.rpartition("@")[2].lower()
    return address.strip() if domain in {each.lower() for each in domains} else Reason.NOT_CONNECTED


def is_for(address: str, claims: Mapping[str, object]) -> bool:
    """Return whether what the provider says of the person's address, if anything, is this one. Used for invitations."""
    told = claims.get("email")
    return not isinstance(told, str) or not told or told.strip().lower() == address.lower()


def has_signed_in_since(claims: Mapping[str, object], at: float) -> bool:
    """Return whether the person has shown the provider who she is after this time, in seconds since 1970."""
    when = claims.get("auth_time")
    return isinstance(when, int | float) and when >= at - LEEWAY
