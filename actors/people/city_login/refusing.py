"""The page that tells in words why somebody is not let in by her city's login."""

from typing import Any

from allauth.socialaccount.providers.base.constants import AuthError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from actors.models import User
from actors.people.city_login.exceptions import LoginRefused
from actors.people.city_login.explanations import EXPLANATIONS
from actors.people.city_login.providers import Provider
from actors.rules.city_login import Reason
from actors.security_log.recording import Kind, Outcome, record

# What people turn back from, or meet while the provider is down, is nobody's attempt at anything.
FAILED = frozenset([Reason.CANCELLED, Reason.EXPIRED, Reason.AWAY])
# Errors that providers answer with (OpenID Connect Core 3.1.2.6, and 1.0 of Unmet Authentication Requirements).
ERRORS = {"access_denied": Reason.CANCELLED, "unmet_authentication_requirements": Reason.WEAK}
ERRORS |= dict.fromkeys(("temporarily_unavailable", "server_error"), Reason.AWAY)


def refusal_behind(request: HttpRequest, exception: Any, error: str, told: dict[str, Any]) -> LoginRefused:
    """Return what went wrong as a refusal of ours: `exception`, `error` and `told` are allauth's words for it."""
    if isinstance(exception, LoginRefused):
        return exception
    if isinstance(exception, RequestException):
        return LoginRefused(Reason.AWAY)
    if exception is not None:
        return LoginRefused(Reason.UNTRUSTED)
    if error == AuthError.CANCELLED:
        return LoginRefused(Reason.CANCELLED)
    if "state" not in told:
        return LoginRefused(Reason.EXPIRED)
    said = request.GET.get("error", "")[:80]
    return LoginRefused(ERRORS.get(said, Reason.DENIED), facts={"error": said} if said else {})


def show(request: HttpRequest, provider: Provider, refusal: LoginRefused) -> HttpResponse:
    """Log the refusal, and answer with the page that says what is missing and who can mend it."""
    # An address that anybody can open is no attempt at a sign-in, and must not fill a log that nothing is deleted from.
    is_nobodys = refusal.reason == Reason.EXPIRED and not request.user.is_authenticated
    outcome = Outcome.FAILED if refusal.reason in FAILED else Outcome.REFUSED
    who = refusal.user or (request.user if isinstance(request.user, User) else None)
    if not is_nobodys:
        record(Kind.SIGNED_IN, by=who, on=f"city_login:{refusal.reason}", outcome=outcome)
    context = {
        "provider": provider,
        "explanation": EXPLANATIONS[refusal.reason].about(provider.name),
        "facts": refusal.facts,
        "reason": refusal.reason,
    }
    status = 503 if refusal.reason == Reason.AWAY else 401
    return render(request, "account/city_login_refused.html", context, status=status)
