"""Judging a login that a provider has sent back, before allauth signs anybody in with it."""

from secrets import compare_digest
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect

from actors.models import Invitation, User
from actors.people.city_login import connecting
from actors.people.city_login.exceptions import LoginRefused
from actors.people.city_login.providers import demand_of
from actors.people.city_login.starting import Process
from actors.rules.city_login import Demand, Reason, has_signed_in_since, methods_in


def judge(request: HttpRequest, login: Any) -> None:
    """Let the login (a SocialLogin) sign somebody in, or answer in its place. Raises LoginRefused.

    allauth has looked for the account by provider and `sub`, and by nothing else.
    """
    if not compare_digest(str(login.claims["nonce"]).encode(), str(login.state.get("nonce")).encode()):
        raise LoginRefused(Reason.UNTRUSTED)
    demand = demand_of(login.provider)
    if demand.is_made and not demand.is_met_by(login.claims):
        raise LoginRefused(Reason.WEAK, user=_owner(login), facts=_told(demand, login.claims))
    process = login.state["process"]
    if process == Process.LOGIN:
        _sign_in(login)
    elif process == Process.CONNECT:
        _connect(request, login)
    else:
        _show_again(request, login)


def _sign_in(login: Any) -> None:
    invited = login.state.get("invitation")
    owner = _owner(login)
    if owner is None and invited:
        connecting.connect_invited(Invitation.objects.get(pk=invited), login=login)
    elif owner is None:
        connecting.connect_by_address(login=login)
    elif invited:
        raise LoginRefused(Reason.OTHER_ADDRESS, user=owner)
    elif login.account.extra_data["iss"] != login.claims["iss"]:
        raise LoginRefused(Reason.MOVED, user=owner)
    elif not owner.is_active:
        raise LoginRefused(Reason.CLOSED, user=owner)


def _connect(request: HttpRequest, login: Any) -> None:
    user = _same_as_before(request, login)
    connecting.connect(user, login=login)
    messages.success(request, f"Nu kan du logga in med {login.provider.name}.")
    raise ImmediateHttpResponse(redirect("socialaccount_connections"))


def _show_again(request: HttpRequest, login: Any) -> None:
    """Note that the person is still there, and lead back to the page that asked, where her words are."""
    user = _same_as_before(request, login)
    if _owner(login) != user:
        raise LoginRefused(Reason.SOMEBODY_ELSE, user=user)
    if not has_signed_in_since(login.claims, login.state["asked_at"]):
        raise LoginRefused(Reason.STALE, user=user)
    record_authentication(request, user, "socialaccount", provider=login.account.provider, reauthenticated=True)
    # What allauth has put aside is sent by the page itself, which holds the words: this is a GET, and stores nothing.
    request.session.pop(STATE_SESSION_KEY, None)
    raise ImmediateHttpResponse(redirect(login.state.get("next") or settings.LOGIN_REDIRECT_URL))


def _same_as_before(request: HttpRequest, login: Any) -> User:
    """Return who is signed in here, if she is still the one who was when she left for the provider."""
    if not isinstance(request.user, User) or request.user.pk != login.state["user"]:
        raise LoginRefused(Reason.EXPIRED)
    return request.user


def _owner(login: Any) -> User | None:
    """Return whose login it is; None if it is connected to no account."""
    return login.user if login.is_existing else None


def _told(demand: Demand, claims: dict[str, Any]) -> dict[str, str]:
    """Return what is demanded and what came, for those who look after the provider."""
    came = {"acr": str(claims.get("acr", ""))[:200], "amr": ", ".join(sorted(methods_in(claims)))[:200]}
    asked = [(name, values) for name, values in (("acr", demand.acr), ("amr", demand.amr)) if values]
    return {f"{name} ska vara {' eller '.join(sorted(values))}": came[name] or "saknas" for name, values in asked}
