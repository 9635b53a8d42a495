"""Middleware: the cache of public pages, pages that Back shows again, refusals and expired sessions."""

import gzip
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from actors.models import Collaboration, User
from actors.rules.reserved_slugs import RESERVED_SLUGS
from ostberga.http.practice_pages import practice_refusal
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.page_above import page_above
from ostberga.lib.web.public_pages import known_version, page_key

GetResponse = Callable[[HttpRequest], HttpResponse]

# Seconds a page is cached at most, should the announcement of a new version ever be lost.
SECONDS_KEPT = 300
# Pages in the memory of this process, each with the monotonic time at which it expires.
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


class PublicPageCacheMiddleware:
    """Answers from the cache while nothing public has changed.

    Pages are cached by path (which includes the language) and the collaboration's public version. Requests with a query
    string or a session are neither answered from the cache nor stored in it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_cacheable(request):
            return self.get_response(request)
        key = page_key(request.path)
        slug = _slug_in(request.path)
        # Read before rendering, so that a page made from old data is not stored under a newer version.
        version = _current_version(slug) if slug else None
        cached = _cached_page(key, version) if version is not None else None
        if cached is not None:
            return _unpack(request, cached)
        response = self.get_response(request)
        if version is not None and getattr(response, "public_page_of", None) == slug:
            cached = _pack(response, slug, version)
            cache.set(key, cached, SECONDS_KEPT)
            _keep_here(key, cached)  # with the cache's server away this is all there is
            return _unpack(request, cached)
        return response

    def _is_cacheable(self, request: HttpRequest) -> bool:
        plain = (
            request.method in {"GET", "HEAD"}
            and not request.META.get("QUERY_STRING")
            and "HTTP_HX_REQUEST" not in request.META
            # …/01/, …/001/ and so on are the same page; do not let anyone fill the cache with copies.
            and "/0" not in request.path
        )
        return bool(settings.KEEP_PUBLIC_PAGES) and plain and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _cached_page(key: str, version: int) -> dict[str, Any] | None:
    """Return the page of this version from the memory of this process, else from the shared cache."""
    page, expires = local_pages.get(key, (None, 0.0))
    if page is None or page["version"] != version or expires < time.monotonic():
        page = cache.get(key)
        if page is None or page["version"] != version:
            return None
        _keep_here(key, page)
    return page


def _keep_here(key: str, page: dict[str, Any]) -> None:
    if len(local_pages) >= MAX_LOCAL_PAGES:
        local_pages.clear()
    local_pages[key] = (page, time.monotonic() + SECONDS_KEPT)


def _slug_in(path: str) -> str:
    """Return the collaboration's slug in a public path, after any language prefix; empty for other paths."""
    parts = [part for part in path.split("/") if part]
    if parts and parts[0] in dict(settings.LANGUAGES):
        parts = parts[1:]
    return parts[0] if parts and parts[0] not in RESERVED_SLUGS else ""


def _current_version(slug: str) -> int | None:
    return known_version(slug, _stored_version)


def _stored_version(slug: str) -> int | None:
    return Collaboration.objects.filter(slug=slug).values_list("public_version", flat=True).first()


def _pack(response: HttpResponse, slug: str, version: int) -> dict[str, Any]:
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    body = response.content
    return {"slug": slug, "version": version, "headers": headers, "body": body, "gzip": gzip.compress(body, 6, mtime=0)}


def _unpack(request: HttpRequest, page: dict[str, Any]) -> HttpResponse:
    is_gzipped = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    body = page["gzip" if is_gzipped else "body"]
    response = HttpResponse(body, headers=page["headers"])
    response.headers["Content-Length"] = str(len(body))  # without it the server would send chunks
    if is_gzipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    # Browsers revalidate every time, so that an edit shows at once.
    response.headers["Cache-Control"] = "no-cache"
    return response


class SameAfterCookieMiddleware:
    """Lets Back show a page again, as it was, though a cookie has been set since. For pages that read no cookie.

    Django looks into the session to know who is signed in, and so says of every page that it varies with the cookie.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(response, "reads_no_cookie", False):
            response.headers["Vary"] = "Accept-Language"
        return response


class RefusalMiddleware:
    """Shows a Refusal as a page that says what is missing and who can fix it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a Refusal, or the database's for a practice, with status 409; leave all other exceptions."""
        refusal = exception if isinstance(exception, Refusal) else practice_refusal(exception)
        if refusal is None:
            return None
        response = render(request, "409.html", {"refusal": refusal, **_around(request, refusal)}, status=409)
        response.is_final = refusal.is_final  # type: ignore[attr-defined]
        return response


def _around(request: HttpRequest, refusal: Refusal) -> dict[str, Any]:
    """Return the page to go on to, and the collaboration whose menu is shown, for those who coordinate it."""
    above = refusal.link or page_above(request.path)
    slug = request.resolver_match.kwargs.get("slug") if request.resolver_match else None
    if not slug or not isinstance(request.user, User):
        return {"page_above": above}
    hers = Collaboration.objects.coordinated_by(request.user)
    return {"page_above": above, "collaboration": hers.filter(slug=slug).first()}


class ExpiredSessionMiddleware:
    """Tells an htmx request to load the sign-in page whole, when its session has expired."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        login = reverse(settings.LOGIN_URL)
        is_to_sign_in = isinstance(response, HttpResponseRedirect) and response.url.startswith(login)
        if is_to_sign_in and "HTTP_HX_REQUEST" in request.META:
            return HttpResponse(status=204, headers={"HX-Redirect": login})
        return response
