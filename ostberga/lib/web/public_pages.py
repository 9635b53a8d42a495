"""Pages that look the same to everybody: public, and kept until something public changes."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """A page for everyone about one collaboration: no login, no token, nothing of the visitor in it.

    The view's first path argument is `slug`; the middleware keeps the page until that collaboration's public version
    changes.
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


# A version read less than this long ago (seconds) is still trusted, so that a crowd costs one question. Whoever makes a
# change waits as long before going on: when the act is done, no process trusts the old number.
SECONDS_TRUSTED = 0.005
_recent_versions: dict[str, tuple[int, float]] = {}


def known_version(slug: str, find: Callable[[str], int | None]) -> int | None:
    """The public version now. `find` reads it from the database when no server remembers it."""
    version, read_at = _recent_versions.get(slug, (None, 0.0))
    if version is None or time.monotonic() - read_at > SECONDS_TRUSTED:
        read_at, version = time.monotonic(), cache.get(version_key(slug))
        if version is None and (version := find(slug)) is not None and not cache.add(version_key(slug), version, None):
            # Add, not set: a newer number announced in the meantime must win.
            version = cache.get(version_key(slug))
        if version is not None:
            _recent_versions[slug] = (version, read_at)
    return version


def forget_versions() -> None:
    """Trust nothing that was read before."""
    _recent_versions.clear()


def announce_version(slug: str, version: int) -> None:
    """Tell all web servers that something public changed, and wait until all of them ask anew."""
    cache.set(version_key(slug), version, None)
    _recent_versions.pop(slug, None)
    time.sleep(SECONDS_TRUSTED)
