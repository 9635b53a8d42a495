"""Links that carry a secret: making and hashing the token, the page behind such a link, and cutting it out of a text.

Only hashes are stored. Each kind of link has a purpose of its own, so that a token made for one kind opens no other.
"""

import re
import secrets
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ostberga.lib.privacy.codes import fingerprint
from ostberga.lib.translations.languages import TRANSLATED
from ostberga.lib.web.origin import View, own_pages_only

TOKEN_BYTES = 24
# Names of the parts of our URL patterns that hold a secret: our own, and django-allauth's. A house test names the rest.
SECRET_PARTS = frozenset(["token", "secret", "key", "uidb36"])
CUT = "[länk]"
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_LANGUAGE = re.compile(rf"^/(?:{'|'.join(TRANSLATED)})(?=/)")
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


def secret_link_view(view: View) -> View:
    """Decorate a view whose address is the key: nobody signs in, and no search engine or other site is told of it.

    There is no session to steal and so no CSRF token: a POST that another site sent is refused by its headers. The view
    may change nothing at a GET, since mail programs open links too.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        for name, value in _HEADERS.items():
            response.headers[name] = value
        return response

    decorated = own_pages_only(never_cache(require_http_methods(["GET", "HEAD", "POST"])(wrapped)))
    opened: Any = csrf_exempt(login_not_required(decorated))
    opened.is_secret_link = True  # for the test that finds those who forgot it
    return cast("View", opened)


def cut_secret_links(text: str) -> str:
    """Return the text with «[länk]» in place of every address of ours that holds a secret; other addresses stay.

    The host is not looked at: an installation may have had another one when the text was written.
    """
    return _ADDRESS.sub(lambda match: CUT if _holds_secret(match.group()) else match.group(), text)


def _holds_secret(address: str) -> bool:
    try:
        # The prefix of another language would only resolve while that language is active.
        arguments = resolve(_LANGUAGE.sub("", urlsplit(address).path)).kwargs
    except (Resolver404, ValueError):
        return False
    return any(name in SECRET_PARTS and isinstance(value, str) for name, value in arguments.items())
