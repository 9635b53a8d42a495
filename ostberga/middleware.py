"""What happens around every request: kept public pages, refusals, sessions that have ended."""

import gzip
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from actors.models import Collaboration
from ostberga.lib.public_pages import page_key, version_key
from ostberga.lib.refusal import Refusal

GetResponse = Callable[[HttpRequest], HttpResponse]

# Kept this long at most (seconds), should the news of a change ever be lost.
KEEP_PAGES = 300
KEPT_HEADERS = (
    "Content-Type",
    "Content-Language",
    "Content-Security-Policy",
    "X-Frame-Options",
    "X-Content-Type-Options",
    "Referrer-Policy",
)


class PublicPageCacheMiddleware:
    """Answers with a kept page while nothing public has changed.

    Kept by path (the language is in it) and the collaboration's public version. A request with a query is never kept,
    nor one from someone signed in: they must never be the ones who fill the shelf.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._may_keep(request):
            return self.get_response(request)
        key = page_key(request.path)
        kept = cache.get(key)
        if kept is not None and kept["version"] == _current_version(kept["slug"]):
            return _unpack(request, kept)
        # Read before rendering: a page made from old data must not be stamped with a newer version.
        slug = _slug_in(request.path)
        version = _current_version(slug) if slug else None
        response = self.get_response(request)
        if version is not None and getattr(response, "public_page_of", None) == slug:
            kept = _pack(response, slug, version)
            cache.set(key, kept, KEEP_PAGES)
            return _unpack(request, kept)
        return response

    def _may_keep(self, request: HttpRequest) -> bool:
        plain = (
            request.method in {"GET", "HEAD"}
            and not request.META.get("QUERY_STRING")
            and "HTTP_HX_REQUEST" not in request.META
        )
        return bool(settings.KEEP_PUBLIC_PAGES) and plain and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _slug_in(path: str) -> str:
    """The collaboration's part of a public address, after any language."""
    parts = [part for part in path.split("/") if part]
    if parts and parts[0] in dict(settings.LANGUAGES):
        parts = parts[1:]
    return parts[0] if parts else ""


def _current_version(slug: str) -> int | None:
    version: int | None = cache.get(version_key(slug))
    if version is None:
        version = Collaboration.objects.filter(slug=slug).values_list("public_version", flat=True).first()
        # Add, not set: a newer number announced in the meantime must win.
        if version is not None and not cache.add(version_key(slug), version, None):
            version = cache.get(version_key(slug))
    return version


def _pack(response: HttpResponse, slug: str, version: int) -> dict[str, object]:
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    body = response.content
    return {"slug": slug, "version": version, "headers": headers, "body": body, "gzip": gzip.compress(body, 6, mtime=0)}


def _unpack(request: HttpRequest, kept: dict[str, object]) -> HttpResponse:
    packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    response = HttpResponse(kept["gzip" if packed else "body"], headers=kept["headers"])
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    # The browser asks again every time, so that an edit shows at once.
    response.headers["Cache-Control"] = "no-cache"
    return response


class RefusalMiddleware:
    """Shows a refusal as a page that says what is missing and who can mend it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal is an answer, not a fault."""
        if not isinstance(exception, Refusal):
            return None
        return render(request, "409.html", {"refusal": exception}, status=409)


class ExpiredSessionMiddleware:
    """Sends a page whose session has ended to sign-in, instead of swapping a login form into a part of it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_partial = "HTTP_HX_REQUEST" in request.META
        if (
            is_partial
            and isinstance(response, HttpResponseRedirect)
            and response.url.startswith(reverse(settings.LOGIN_URL))
        ):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse(settings.LOGIN_URL)})
        return response
