"""Sending somebody to a provider, and receiving her when it sends her back."""

import secrets
from enum import StrEnum
from typing import Any

from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from actors.people.city_login.exceptions import LoginRefused
from actors.people.city_login.oauth2_adapter import CityLoginOAuth2Adapter, provider_named
from actors.people.city_login.providers import demand_of
from actors.people.city_login.refusing import show


class Process(StrEnum):
    """What somebody is sent for."""

    LOGIN = "login"
    CONNECT = "connect"
    AGAIN = "again"


# Signs in anew, although the provider still knows her, and tells when.
ANEW = {"prompt": "login", "max_age": "0"}


def send_to(
    request: HttpRequest, provider_id: str, process: Process, *, next_url: str | None = None, **state: Any
) -> HttpResponse:
    """Answer with a page that leads on to the provider at once. `state` is kept in the session until she is back.

    A page, not a redirect: our Content-Security-Policy lets no form be sent on to another site, and browsers hold to
    that for redirects too, along the whole way to whatever service the provider itself asks.
    """
    provider = provider_named(request, provider_id)
    nonce = secrets.token_urlsafe(24)
    wanted = {"nonce": nonce, "acr_values": demand_of(provider).asked_for, **(ANEW if process == Process.AGAIN else {})}
    params = {name: value for name, value in wanted.items() if value}
    try:
        leads_on = provider.redirect(request, str(process), next_url, auth_params=params, nonce=nonce, **state)
    except LoginRefused as refusal:
        return show(request, provider, refusal)
    return leave_for(request, provider.name, leads_on.url)


def receive(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Answer somebody whom the provider has sent back. allauth reads the answer, and asks `returning.judge`."""
    provider = provider_named(request, provider_id)
    view = OAuth2CallbackView.adapter_view(CityLoginOAuth2Adapter(request, provider_id))
    try:
        response: HttpResponse = view(request)
    except LoginRefused as refusal:  # before allauth catches any: the provider's description can not be had
        return show(request, provider, refusal)
    return response


def leave_for(request: HttpRequest, name: str, address: str, *, signed_out: bool = False) -> HttpResponse:
    """Answer with a page that goes on to an address of the provider's at once, and links there."""
    context = {"name": name, "address": address, "signed_out": signed_out}
    response = render(request, "account/city_login_leave.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
