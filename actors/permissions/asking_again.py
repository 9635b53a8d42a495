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
    """Mark a view whose answer to a GET may be a file with raw text. It calls `ask_before_file` when it is."""
    setattr(view, _MARK, True)
    return view


def is_marked(path: str) -> bool:
    """Return whether a view that may hand out raw text answers at this path of ours."""
    try:
        return getattr(resolve(path).func, _MARK, False)
    except Resolver404:
        return False


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
