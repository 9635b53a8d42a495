"""The variables of the environment that settings are read from. `.env.example` lists them."""

import os

from django.core.exceptions import ImproperlyConfigured

# The kind of installation: "production" (the default), "demo" or "test".
MODE = os.environ.get("OSTBERGA_MODE", "production")
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
