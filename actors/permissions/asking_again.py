"""Asking for the password or a passkey again before a right is changed, or raw text is taken out."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
_MARK = "hands_out_raw_text"

# Decorates a view that gives, changes or ends somebody's right. Its form is shown at once; sending it leads to «Är det
# du?» unless the person has answered that within settings.ACCOUNT_REAUTHENTICATION_TIMEOUT seconds, and what was sent
# is then carried out.
ask_again = reauthentication_required(allow_get=True)


def hands_out_raw_text(view: View) -> View:
    """Mark a view whose answer to a GET is a file with raw text. It calls `ask_before_file`."""
    return hands_out_raw_text_when(lambda **_address: True)(view)


def hands_out_raw_text_when(is_raw: Callable[..., bool]) -> Callable[[View], View]:
    """Mark a view whose file has raw text when this holds of its address, whose parts are given by name."""

    def mark(view: View) -> View:
        setattr(view, _MARK, is_raw)
        return view

    return mark


def is_raw_file(path: str) -> bool:
    """Return whether the file at this path of ours has raw text."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    is_raw: Callable[..., bool] | None = getattr(match.func, _MARK, None)
    return is_raw is not None and is_raw(**match.kwargs)


def ask_before_file(request: HttpRequest) -> HttpResponse | None:
    """Return the way to «Är det du?», and from there to this file; None when that has been answered just now.

    Ask first whether the person may have the file at all.
    """
    if not _must_ask(request):
        return None
    page = f"{reverse('asked-file')}?{urlencode({'fil': request.path})}"
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': page})}")


def _must_ask(request: HttpRequest) -> bool:
    try:
        return bool(is_reauthentication_required(request, app=""))
    except ReauthenticationRequired:  # of somebody who can only show it at her city's login
        return True
