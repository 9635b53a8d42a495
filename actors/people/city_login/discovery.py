"""What a provider says of itself at its address (OpenID Connect Discovery), kept for some minutes."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.adapter import get_adapter
from django.core.cache import cache
from requests import RequestException

from actors.people.city_login.exceptions import LoginRefused
from actors.rules.city_login import Reason

# Seconds that the description is kept. Keys are fetched at each sign-in.
KEPT_FOR = 300
WELL_KNOWN = "/.well-known/openid-configuration"
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
# These get tokens too, where the provider has them.
USED = ("userinfo_endpoint", "end_session_endpoint")


def configuration_at(address: str) -> dict[str, Any]:
    """Return what the provider says at the address that ends with WELL_KNOWN. Raises LoginRefused."""
    key = f"oidc:{hashlib.sha256(address.encode()).hexdigest()}"
    kept: dict[str, Any] | None = cache.get(key)
    if kept is not None:
        return kept
    told = fetch(address)
    _check(told, address)
    cache.set(key, told, KEPT_FOR)
    return told


def fetch(address: str, **options: Any) -> dict[str, Any]:
    """Return the JSON object at an address of the provider's. Raises LoginRefused if it does not answer with one."""
    try:
        with get_adapter().get_requests_session() as session:
            response = session.get(address, **options)
            response.raise_for_status()
            told = response.json()
    except RequestException as error:
        raise LoginRefused(Reason.AWAY) from error
    if not isinstance(told, dict):
        raise LoginRefused(Reason.MISCONFIGURED)
    return told


def _check(told: dict[str, Any], address: str) -> None:
    """Raise LoginRefused unless it is the description of this very provider, with addresses as safe as its own."""
    issuer, here = told.get("issuer"), address.partition(WELL_KNOWN)[0]
    if not isinstance(issuer, str) or issuer.rstrip("/") != here.rstrip("/"):
        raise LoginRefused(Reason.MISCONFIGURED, facts={"issuer": str(issuer)[:200]})
    named = [*NEEDED, *(name for name in USED if told.get(name))]
    unsafe = [name for name in named if urlsplit(str(told.get(name, ""))).scheme != urlsplit(address).scheme]
    if unsafe:
        raise LoginRefused(Reason.MISCONFIGURED, facts=dict.fromkeys(unsafe, "saknas"))
