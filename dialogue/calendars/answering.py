"""Answering a calendar program, which asks every hour whether anything has changed."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag


def answer_with_calendar(request: HttpRequest, text: str, *, shared: bool) -> HttpResponse:
    """Return the calendar, or 304 to a program that has it. `shared`: caches on the way may keep it, and ask too."""
    content = text.encode()
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"{'public' if shared else 'private'}, no-cache"
    answer: HttpResponse = get_conditional_response(request, etag=etag, response=response) or response
    return answer
