"""Views of the city's login: leaving for a provider and coming back from it, to sign in, connect or show who she is."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.people import inviting
from actors.people.city_login import signing_out
from actors.people.city_login.oauth2_adapter import provider_named
from actors.people.city_login.providers import connected_providers
from actors.people.city_login.starting import Process, leave_for, receive, send_to
from actors.permissions.lookups import SignedInRequest


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Ask whether to go to the provider; POST goes there."""
    next_url = get_next_redirect_url(request)
    if request.method == "POST":
        return send_to(request, provider_id, Process.LOGIN, next_url=next_url)
    context = {"provider": provider_named(request, provider_id), "next_url": next_url}
    return render(request, "account/city_login.html", context)


@never_cache
@login_not_required
@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sign in, connect or show again whoever the provider sent back; or say why not."""
    return receive(request, provider_id)


@never_cache
@login_not_required
@require_POST
def accept_invitation(request: HttpRequest, token: str, provider_id: str) -> HttpResponse:
    """Go to the provider, to open the account of an invitation when she is back."""
    invitation = inviting.open_invitation(token)
    if invitation is None:
        return redirect("welcome", token=token)
    return send_to(request, provider_id, Process.LOGIN, invitation=invitation.pk)


@require_POST
def connect(request: SignedInRequest, provider_id: str) -> HttpResponse:
    """Go to the provider, to connect the account to the login that is used there."""
    raise_if_reauthentication_required(request, app="allauth.socialaccount")
    return send_to(request, provider_id, Process.CONNECT, user=request.user.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_again(request: SignedInRequest, provider_id: str) -> HttpResponse:
    """Ask whether it is still she; POST goes to the provider, which asks her for her password or card anew."""
    provider = next((each for each in connected_providers(request.user) if each.sub_id == provider_id), None)
    if provider is None:
        raise Http404
    next_url = get_next_redirect_url(request)
    if request.method == "POST":
        now = time.time()
        return send_to(request, provider_id, Process.AGAIN, next_url=next_url, user=request.user.pk, asked_at=now)
    others = [way for way in get_adapter().get_reauthentication_methods(request.user) if way["url"] != request.path]
    context = {"provider": provider, "next_url": next_url, "others": others}
    return render(request, "account/city_login_again.html", context)


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out here, and at the provider that she signed in with if it has an address for that."""
    way_out = signing_out.way_out(request)
    response: HttpResponse = logout(request)
    if request.method == "POST" and way_out is not None:
        return leave_for(request, way_out.name, way_out.address, signed_out=True)
    return response


@never_cache
@login_not_required
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that she is signed out, when the provider has sent her back from there."""
    return render(request, "account/signed_out.html")
