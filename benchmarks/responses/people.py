"""Who asks: everyone that a page may be different for."""

from django.contrib.auth import get_user_model
from django.test import Client

PASSWORD = "ostberga-demo"
LOGIN = "/konto/login/"
VISITOR = "visitor"
# A visitor where public pages are kept, as they are in production.
KEPT = "visitor-kept"
ACCOUNTS = {
    "resident": "boende",
    "elected": "fortroendevald",
    "right-body": "trafik",
    "police": "polisen",
    "deputy": "kultur",
    "asked-body": "stadsbyggnad",
    "landlord": "svenskabostader",
    "outside-body": "odlarlag",
    "coordinator": "samordnare",
    "elsewhere": "annanstans",
    "stranger": "framling",
}
ADMIN = "admin"
EVERYBODY = (VISITOR, *ACCOUNTS)


def address(who: str) -> str:
    """The account's e-mail address."""
    return f"{ACCOUNTS.get(who, who)}@ostberga.example"


def cookie_of(who: str, cookie: str) -> str:
    """Sign in through the door, and give the session's key; empty for who has no account."""
    if who in {VISITOR, KEPT}:
        return ""
    client = Client()
    client.post(LOGIN, {"login": address(who), "password": PASSWORD})
    if cookie not in client.cookies:
        client.force_login(get_user_model()._default_manager.get(email=address(who)))
    return client.cookies[cookie].value
