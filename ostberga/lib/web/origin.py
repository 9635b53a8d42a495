"""Whether a form was sent from one of our own pages. Used where there is no authority to steal, and so no token."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def is_foreign(request: HttpRequest) -> bool:
    """The browser says that another site sent this. One that says nothing (an old phone) is believed."""
    sent_from = request.headers.get("Sec-Fetch-Site", "")
    if sent_from in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin", "")
    if origin:
        # Host only: behind a proxy we may not know whether the visitor used https.
        return origin.partition("://")[2] != request.get_host()
    return bool(sent_from)


def own_pages_only(view: View) -> View:
    """Refuse what another site sent in somebody's browser, and say so in plain words."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and is_foreign(request):
            return render(request, "foreign.html", status=403)
        return view(request, *args, **kwargs)

    return wrapped
