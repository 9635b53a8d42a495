"""Pages that look the same to everybody: public, and kept until something public changes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """A page for everyone about one collaboration: no login, no token, nothing of the visitor in it.

    The view's first path argument is `slug`; the middleware keeps the page until that collaboration's public version changes.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, slug, *args, **kwargs)
        if response.status_code == 200:
            response.public_page_of = slug  # type: ignore[attr-defined]
        return response

    return login_not_required(wrapped)


def version_key(slug: str) -> str:
    """Where the number of the current public version is kept."""
    return f"public-version:{slug}"


def page_key(path: str) -> str:
    """Where a page is kept; the language is part of the path."""
    return f"public-page:{path}"


def announce(slug: str, version: int) -> None:
    """Tell all web servers that something public changed."""
    cache.set(version_key(slug), version, None)
