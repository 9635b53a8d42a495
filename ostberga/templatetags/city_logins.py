"""Which of a city's logins an account is connected to, for the page that connects and disconnects."""

from collections.abc import Iterable
from typing import Any

from django import template

register = template.Library()


@register.filter
def name_of_provider(providers: Iterable[Any], key: str) -> str:
    """Return the name of the provider with this key; empty if the settings have it no longer."""
    return next((str(provider.name) for provider in providers if provider.sub_id == key), "")


@register.filter
def without_connected(providers: Iterable[Any], accounts: Iterable[Any]) -> list[Any]:
    """Return the providers that none of the accounts (SocialAccount) is of."""
    connected = {account.provider for account in accounts}
    return [provider for provider in providers if provider.sub_id not in connected]
