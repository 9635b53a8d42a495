"""A page behind a secret link: its address is told to no other site, and no search finds it."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Only the host may be told: with no-referrer, phones that know no Sec-Fetch-Site send «Origin: null» with the answer,
# and it would be refused as somebody else's.
_QUIET = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex, nofollow"}


def quiet_page(request: HttpRequest, template: str, shown: Mapping[str, object], status: int = 200) -> HttpResponse:
    """The template as such a page."""
    response = render(request, template, dict(shown), status=status)
    for name, value in _QUIET.items():
        response.headers[name] = value
    return response
