"""The variables of the environment that settings are read from. `.env.example` lists them."""

import os
from typing import Any
from urllib.parse import unquote, urlparse

from django.core.exceptions import ImproperlyConfigured

# The kind of installation: "production" (the default), "demo" or "test".
MODE = os.environ.get("OSTBERGA_MODE", "production")
if MODE not in {"production", "demo", "test"}:  # a word of one's own would run with the keys that everybody can read
    raise ImproperlyConfigured(f"OSTBERGA_MODE är {MODE}. Skriv production, demo eller test.")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
REQUIRED_IN_PRODUCTION = frozenset(
    [
        "SECRET_KEY",
        "RECEIPT_KEY",
        "LINK_KEY",
        "RAW_TEXT_KEYS",
        "DATABASE_URL",
        "REDIS_URL",
        "CACHE_URL",
        "TRUSTED_PROXIES",
        "ALLOWED_HOSTS",
        "SITE_URL",
        "EMAIL_URL",
        "EMAIL_FROM",
    ]
)


def env(name: str, default: str | None = None) -> str:
    """Return the variable, else its default. Raises ImproperlyConfigured when production lacks a required one."""
    value = os.environ.get(name, "")
    if value:
        return value
    if default is None or (PRODUCTION and name in REQUIRED_IN_PRODUCTION):
        raise ImproperlyConfigured(f"Lägg till raden {name}=… i miljön (se .env.example).")
    return default


def flag(name: str, default: bool = False) -> bool:
    """Return whether the variable is set to 1, true, yes or ja."""
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "ja"}


def database_from(url: str) -> dict[str, Any]:
    """postgresql://user:password@host:port/name; a Unix socket is given as ?host=/path."""
    parts = urlparse(url)
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.get("host", parts.hostname or "")),
        "PORT": options.get("port", str(parts.port or "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
