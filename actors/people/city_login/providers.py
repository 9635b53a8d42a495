"""The providers in the settings: what each demands of a login, and which of them an account is connected to."""

from collections.abc import Collection
from typing import Any

from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount

from actors.models import User
from actors.rules.city_login import Demand

# A provider of allauth's, which ships no types.
Provider = Any


def demand_of(provider: Provider) -> Demand:
    """Return what the provider's logins must bring to count as two factors."""
    chosen = provider.app.settings
    return Demand(frozenset(chosen.get("acr", ())), frozenset(chosen.get("amr", ())))


def domains_of(provider: Provider) -> Collection[str]:
    """Return the domains of the addresses that the provider may vouch for."""
    domains: Collection[str] = provider.app.settings.get("email_domains", ())
    return domains


def connected_providers(user: User) -> list[Provider]:
    """Return the providers in the settings that the account is connected to."""
    names = set(SocialAccount.objects.filter(user=user).values_list("provider", flat=True))
    if not names:
        return []
    return [each for each in get_adapter(context.request).list_providers(context.request) if each.sub_id in names]


def counts_as_two_factors(login: Any) -> bool:
    """Return whether a provider's login (a SocialLogin) says of itself what is demanded for that."""
    demand = demand_of(login.account.get_provider())
    return demand.is_made and demand.is_met_by(getattr(login, "claims", {}))
