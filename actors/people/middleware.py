"""Middleware: notes on which days a session is used, and leads those to a second factor who must have one."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from actors.models import User
from actors.people import second_factor, sessions

# What a person can do before that: add the factor, give the password again, and leave.
OPEN = frozenset(["account_logout", "account_reauthenticate", "second-factor", "second-factor-skip"])
ABOUT_THE_ACCOUNT = ("account_", "mfa_", "usersessions_", "second-factor")


class SessionUseMiddleware:
    """Lets the page of one's own sessions tell when each was last used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Note the use of a page that asks for sign-in: residents' pages touch no session."""
        if getattr(view, "login_required", True) and isinstance(request.user, User):
            sessions.note_use(request)
        return None


class SecondFactorMiddleware:
    """Closes every page that asks for sign-in, the admin site too, until a required second factor has been given."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let no browser keep pages about the account, which show codes and keys."""
        response = self.get_response(request)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith(ABOUT_THE_ACCOUNT):
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Redirect to the page with the two choices, and remember where the person was going."""
        match = request.resolver_match
        name = match.view_name if match else ""
        is_public = not getattr(view, "login_required", True)
        if second_factor.has_lasted_too_long(request):
            logout(request)
            return None if is_public else redirect_to_login(request.get_full_path())
        if is_public or name in OPEN or not isinstance(request.user, User):
            return None
        if not second_factor.must_be_led_here(request, request.user):
            return None
        if name.startswith("mfa_") and not second_factor.vouching_providers(request.user):
            return None
        if request.method == "GET":
            second_factor.remember_wanted(request)
        return redirect("second-factor")
