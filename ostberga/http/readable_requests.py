"""Refuses, with status 400 and our page, requests that no view could read: before any cache, session or database."""

import re
from collections.abc import Callable, Iterable
from http import HTTPStatus

from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import split_domain_port
from django.template.loader import render_to_string

from ostberga.http.unreceived_texts import unreceived_texts
from ostberga.lib.invisible_text import is_invisible

GetResponse = Callable[[HttpRequest], HttpResponse]

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_CHARSETS = frozenset({"utf-8", "utf8"})
# More digits than Python turns into a number; libraries that read JSON do not expect the ValueError.
_HUGE_NUMBER = re.compile(r"\d{4300,}")
_NUL = "\x00"  # PostgreSQL can neither store it nor look it up.


class ReadableRequestMiddleware:
    """Answers 400 to an unknown host, port, method or charset, a broken body, and a NUL character anywhere.

    Views may trust that `request.POST` and `request.FILES` can be read, and that no text in them holds a NUL. A text of
    invisible characters alone is empty for them, in every form.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            _check_head(request)
            if request.method == "POST":
                _check_body(request)
                _empty_invisible_texts(request)
        except (BadRequest, SuspiciousOperation):
            # Not raised further: Django would log the traceback of each.
            return _with_headers(_refused(unreceived_texts(request) if request.method == "POST" else []))
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response.content = render_to_string("400.html")
        return response


def _refused(texts: list[str]) -> HttpResponse:
    """Return the page, with the texts that can be read all the same: nobody has to write them once more."""
    response = HttpResponseBadRequest(render_to_string("400.html", {"texts": texts}))
    response.headers["Cache-Control"] = "no-store"
    return response


def _with_headers(response: HttpResponse) -> HttpResponse:
    """Set the headers that browsers obey; the middleware below, which set them otherwise, are not reached."""
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    response.headers["Content-Security-Policy"] = build_policy(config=policy)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = settings.SECURE_REFERRER_POLICY
    response.headers["Cross-Origin-Opener-Policy"] = settings.SECURE_CROSS_ORIGIN_OPENER_POLICY
    response.headers["X-Frame-Options"] = settings.X_FRAME_OPTIONS
    if settings.SECURE_HSTS_SECONDS:
        subdomains = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
        response.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}{subdomains}"
    return response


def _check_head(request: HttpRequest) -> None:
    host = request.get_host()  # raises DisallowedHost, which is a 400
    if settings.PORTS and split_domain_port(host)[1] not in settings.PORTS:
        raise BadRequest("port")  # or the pages that are cached and led on to would carry it
    if request.method not in METHODS:
        raise BadRequest("method")
    if _NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        raise BadRequest("NUL in the address")
    if any(_NUL in text for cookie in request.COOKIES.items() for text in cookie):
        raise BadRequest("NUL in a cookie")


def _check_body(request: HttpRequest) -> None:
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if charset not in _CHARSETS:
        # Django would raise again, outside every handler, when the page for the error reads the form.
        request.encoding, request.content_type = "utf-8", ""
        raise BadRequest("charset")
    try:
        texts = _texts(request)
        if any(_NUL in text for text in texts):
            raise BadRequest("NUL in the form")
        if any(_HUGE_NUMBER.search(text) for text in texts):
            raise BadRequest("a number without end")
    except (MultiPartParserError, OSError, ValueError) as problem:
        raise BadRequest("body") from problem


def _empty_invisible_texts(request: HttpRequest) -> None:
    if not any(is_invisible(str(text)) for _name, texts in request.POST.lists() for text in texts):
        return
    data = request.POST.copy()
    for name, texts in request.POST.lists():
        data.setlist(name, ["" if is_invisible(str(text)) else text for text in texts])
    data._mutable = False
    request.POST = data  # type: ignore[assignment]


def _texts(request: HttpRequest) -> Iterable[str]:
    """Return all names, values and file names of the form."""
    fields = [text for name, values in request.POST.lists() for text in (name, *map(str, values))]
    return [*fields, *request.FILES, *(str(file.name) for files in request.FILES.lists() for file in files[1])]
