"""The logins of the city and its partners: OpenID Connect providers, read from the environment."""

import os
import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from ostberga.settings.environment import env

# What is set for each provider: OIDC_… for the city's, OIDC_POLISEN_… for the one that OIDC_PROVIDERS names «polisen».
VARIABLES = ("SERVER_URL", "NAME", "CLIENT_ID", "SECRET", "ACR", "AMR", "EMAIL_DOMAINS")
# Until 2026-11. It must not be passed over in silence: those who relied on it would be asked for less, or more.
EARLIER = "OIDC_SECOND_FACTOR"
# The name of the one without a name, in addresses and in rows of connected accounts.
CITY = "stad"


def providers() -> dict[str, Any]:
    """Return SOCIALACCOUNT_PROVIDERS. Raises ImproperlyConfigured when a provider lacks something."""
    if os.environ.get(EARLIER):
        raise ImproperlyConfigured(f"{EARLIER} heter nu OIDC_ACR, och andra värden nekas. Läs docs/drift.md.")
    prefixes = {CITY: "OIDC"} if os.environ.get("OIDC_SERVER_URL") else {}
    prefixes |= {name: f"OIDC_{name.upper()}" for name in env("OIDC_PROVIDERS", "").split()}
    apps = [_app(name, prefix) for name, prefix in prefixes.items()]
    return {"openid_connect": {"APPS": apps}} if apps else {}


def _app(name: str, prefix: str) -> dict[str, Any]:
    if not re.fullmatch(r"[a-z][a-z0-9]*", name):
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: {name}. Skriv namn med bara små bokstäver a–z och siffror.")
    server_url = env(f"{prefix}_SERVER_URL")
    if urlsplit(server_url).scheme != "https" and urlsplit(server_url).hostname not in {"localhost", "127.0.0.1"}:
        raise ImproperlyConfigured(f"{prefix}_SERVER_URL ska börja med https://.")
    return {
        "provider_id": name,
        "name": env(f"{prefix}_NAME", "Stadens inloggning" if name == CITY else name.capitalize()),
        "client_id": env(f"{prefix}_CLIENT_ID"),
        "secret": env(f"{prefix}_SECRET"),
        "settings": {
            "server_url": server_url,
            # Who it is, and her address the first time. Her name and what she may do stand here.
            "scope": ["openid", "email"],
            "oauth_pkce_enabled": True,
            "acr": env(f"{prefix}_ACR", "").split(),
            "amr": env(f"{prefix}_AMR", "").split(),
            "email_domains": env(f"{prefix}_EMAIL_DOMAINS", "").split(),
        },
    }
