"""A page that says so, with status 503, when a text cannot be decrypted because its key is missing."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ostberga.lib.privacy.encrypted import UnreadableText

logger = logging.getLogger("ostberga.keys")


class UnreadableTextMiddleware:
    """Nothing is lost: the text can be read when whoever runs the site has put the key back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer an UnreadableText; leave all other exceptions."""
        if not isinstance(exception, UnreadableText):
            return None
        logger.error("a page could not be shown: a key is missing")
        response = render(request, "unreadable.html", status=503)
        response.headers["Retry-After"] = "3600"
        return response
