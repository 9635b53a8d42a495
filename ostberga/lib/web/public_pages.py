"""Public pages that are the same for everybody, and cached until something public changes."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Decorate the view of a page about one collaboration: no login, no CSRF token, nothing about the visitor.

    The view's first URL argument is `slug`; PublicPageCacheMiddleware caches the page until that collaboration's
    public version changes.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, slug, *args, **kwargs)
        if response.status_code == 200:
            response.public_page_of = slug  # type: ignore[attr-defined]
        return response

    return login_not_required(wrapped)


def version_key(slug: str) -> str:
    """Return the cache key of a collaboration's public version."""
    return f"public-version:{slug}"


def page_key(path: str) -> str:
    """Return the cache key of a page; the language is part of the path."""
    return f"public-page:{path}"


# A version read this many seconds ago is still trusted, so that many requests cost one read of the cache. A process
# that changes the version waits as long: when it goes on, no process trusts the old version.
SECONDS_TRUSTED = 0.005
# How long a version stands in the cache before it is read from the database again: so long may an old page be shown
# that was changed while the cache could not be told.
SECONDS_ANNOUNCED = 10
_recent_versions: dict[str, tuple[int, float]] = {}


def known_version(slug: str, find: Callable[[str], int | None]) -> int | None:
    """Return the current public version. `find` reads it from the database when it is not in the cache."""
    version, read_at = _recent_versions.get(slug, (None, 0.0))
    if version is None or time.monotonic() - read_at > SECONDS_TRUSTED:
        read_at, version = time.monotonic(), cache.get(version_key(slug))
        if version is None and (version := find(slug)) is not None:
            version = _put_if_none(slug, version)
        if version is not None:
            _recent_versions[slug] = (version, read_at)
    return version


def _put_if_none(slug: str, version: int) -> int:
    """Store what the database says. Returns the newer one if that has been announced in the meantime."""
    if cache.add(version_key(slug), version, SECONDS_ANNOUNCED):
        return version
    return int(cache.get(version_key(slug), version))  # without a cache it is the database's


def forget_versions() -> None:
    """Forget the versions this process has read, so that the next read asks the cache."""
    _recent_versions.clear()


def announce_version(slug: str, version: int) -> None:
    """Store the new public version, and wait until no process trusts the old one.

    A process that was slow and comes after a newer version leaves that: the version never goes backwards.
    """
    announced: Any = cache  # SharedRedisCache, whatever the proxy that Django gives says
    announced.set_greatest(version_key(slug), version, SECONDS_ANNOUNCED)
    _recent_versions.pop(slug, None)
    time.sleep(SECONDS_TRUSTED)
