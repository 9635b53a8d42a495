"""What happens around every request: kept public pages, refusals, sessions that have ended."""

import gzip
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from actors.models import Collaboration
from actors.models.collaboration import RESERVED_SLUGS
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.expired_session import signed_out_view_of
from ostberga.lib.web.public_pages import known_version, page_key

GetResponse = Callable[[HttpRequest], HttpResponse]

# Kept this long at most (seconds), should the news of a change ever be lost.
SECONDS_KEPT = 300
# Pages this process has at hand, and until when; no more than AT_HAND of them.
MAX_LOCAL_PAGES = 200
local_pages: dict[str, tuple[dict[str, Any] | None, float]] = {}
KEPT_HEADERS = (
    "Content-Type",
    "Content-Language",
    "Content-Security-Policy",
    "X-Frame-Options",
    "X-Content-Type-Options",
    "Referrer-Policy",
)


class ReadableAddressMiddleware:
    """Refuses an address with a sign that no database can hold, before anybody looks for it there."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return self.get_response(request)


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
        slug = _slug_in(request.path)
        # Read before rendering: a page made from old data must not be stamped with a newer version.
        version = _current_version(slug) if slug else None
        kept = _cached_page(key, version) if version is not None else None
        if kept is not None:
            return _unpack(request, kept)
        response = self.get_response(request)
        if version is not None and getattr(response, "public_page_of", None) == slug:
            kept = _pack(response, slug, version)
            cache.set(key, kept, SECONDS_KEPT)
            return _unpack(request, kept)
        return response

    def _may_keep(self, request: HttpRequest) -> bool:
        plain = (
            request.method in {"GET", "HEAD"}
            and not request.META.get("QUERY_STRING")
            and "HTTP_HX_REQUEST" not in request.META
            # …/01/, …/001/ and so on are one page: nobody fills the shelf with copies of it.
            and "/0" not in request.path
        )
        return bool(settings.KEEP_PUBLIC_PAGES) and plain and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _cached_page(key: str, version: int) -> dict[str, Any] | None:
    """The page of this version: at hand in this process, else from the shelf that all processes share."""
    kept, until = local_pages.get(key, (None, 0.0))
    if kept is None or kept["version"] != version or until < time.monotonic():
        kept = cache.get(key)
        if kept is None or kept["version"] != version:
            return None
        if len(local_pages) >= MAX_LOCAL_PAGES:
            local_pages.clear()
        local_pages[key] = (kept, time.monotonic() + SECONDS_KEPT)
    return kept


def _slug_in(path: str) -> str:
    """The collaboration's part of a public address, after any language; empty where the address is something else."""
    parts = [part for part in path.split("/") if part]
    if parts and parts[0] in dict(settings.LANGUAGES):
        parts = parts[1:]
    return parts[0] if parts and parts[0] not in RESERVED_SLUGS else ""


def _current_version(slug: str) -> int | None:
    return known_version(slug, _written_version)


def _written_version(slug: str) -> int | None:
    return Collaboration.objects.filter(slug=slug).values_list("public_version", flat=True).first()


def _pack(response: HttpResponse, slug: str, version: int) -> dict[str, Any]:
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    body = response.content
    return {"slug": slug, "version": version, "headers": headers, "body": body, "gzip": gzip.compress(body, 6, mtime=0)}


def _unpack(request: HttpRequest, kept: dict[str, Any]) -> HttpResponse:
    packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    body = kept["gzip" if packed else "body"]
    response = HttpResponse(body, headers=kept["headers"])
    response.headers["Content-Length"] = str(len(body))  # without it the server would send in chunks
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
    """Sends a page whose session has ended to sign-in, instead of swapping a login form into a part of it.

    A view that says so (`return_typed_text_when_signed_out`) shows what was typed rather than losing it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        login = reverse(settings.LOGIN_URL)
        if not (isinstance(response, HttpResponseRedirect) and response.url.startswith(login)):
            return response
        if "HTTP_HX_REQUEST" in request.META:
            return HttpResponse(status=204, headers={"HX-Redirect": login})
        if (
            request.method == "POST"
            and request.resolver_match
            and (answer := signed_out_view_of(request.resolver_match.func))
        ):
            return answer(request)
        return response
