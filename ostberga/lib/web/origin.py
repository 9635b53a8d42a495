"""Reject forms that another site sent. Used instead of CSRF tokens where no one is signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def is_foreign(request: HttpRequest) -> bool:
    """Return whether the headers say that another site sent the request. Browsers too old to say are trusted."""
    sent_from = request.headers.get("Sec-Fetch-Site", "")
    if sent_from in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin", "")
    if origin:
        # Compare hosts only: behind a proxy the scheme may be unknown.
        return origin.partition("://")[2] != request.get_host()
    return bool(sent_from)


def own_pages_only(view: View) -> View:
    """Decorate a view so that a POST from another site gets a page with status 403."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and is_foreign(request):
            return render(request, "foreign.html", status=403)
        return view(request, *args, **kwargs)

    return wrapped
