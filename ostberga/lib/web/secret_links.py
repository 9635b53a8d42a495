"""Links that carry a secret: making the token, hashing it for storage, and answering with a page behind such a link.

Only hashes are stored. Each kind of link has a purpose of its own, so that a token made for one kind opens no other.
"""

import secrets
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ostberga.lib.privacy.codes import fingerprint

TOKEN_BYTES = 24
# Only the host may be told to other sites: with no-referrer, phones that know no Sec-Fetch-Site send "Origin: null"
# with the answer, and it would be refused as sent by another site.
_HEADERS = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex, nofollow"}


def new_token() -> str:
    """Return a random token for the last part of a link: 32 characters that are safe in a URL."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def derived_token(purpose: str, key: object) -> str:
    """Return the token that always belongs to the row with this primary key; nobody can compute it without LINK_KEY."""
    return fingerprint(settings.LINK_KEY, f"{purpose} of row:{key}")


def token_hash(purpose: str, token: str) -> str:
    """Return what is stored instead of the token: HMAC-SHA256 with LINK_KEY, 64 hexadecimal characters."""
    return fingerprint(settings.LINK_KEY, f"{purpose}:{token}")


def secret_link_page(
    request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200
) -> HttpResponse:
    """Render a page that no search engine indexes and whose address is told to no other site."""
    response = render(request, template, dict(context), status=status)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    return response
