"""The signed cookies: the receipt code for half an hour, and which codes this browser has shown.

The latter is kept for a day after the latest code; without times, so the earlier ones are as well.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ostberga.lib.privacy.codes import fingerprint, normalise_code

RECEIPT_COOKIE = f"{settings.COOKIE_PREFIX}kvitto"
SHOWN_COOKIE = f"{settings.COOKIE_PREFIX}visat"
_SALT, _SHOWN_SALT = "ostberga.receipt", "ostberga.receipt.shown"
_SECONDS = 30 * 60
_SHOWN_SECONDS = 24 * 3600
# A kiosk's: so many people back may somebody come by Back. Each is sixteen characters in the cookie.
_SHOWN_AT_MOST = 40


@dataclass(frozen=True)
class SentReceipt:
    """The content of the cookie."""

    code: str
    channel_code: str


def redirect_to_receipt(code: str, channel_code: str) -> HttpResponse:
    """Redirect to the receipt page (in the dialogue app) and set the cookie."""
    response = HttpResponseRedirect(reverse("receipt"), status=303)
    _set(response, RECEIPT_COOKIE, signing.dumps([code, channel_code], salt=_SALT), _SECONDS)
    return response


def read_receipt(request: HttpRequest) -> SentReceipt | None:
    """Return the content of the cookie, or None if missing, expired or tampered with."""
    try:
        code, channel_code = signing.loads(request.COOKIES.get(RECEIPT_COOKIE, ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    return SentReceipt(str(code), str(channel_code))


def mark_shown(request: HttpRequest, response: HttpResponse, code: str) -> None:
    """Note in this browser that the code has been shown: who sends the same answer again has seen that it arrived.

    The note outlives `leave`, and so does not say the code: somebody else may have the browser by then. The ones before
    it are kept as well, since at a kiosk the third person may go back to what the first one sent.
    """
    shown = dict.fromkeys([_fingerprint(code), *_shown(request)])
    _set(response, SHOWN_COOKIE, signing.dumps([*shown][:_SHOWN_AT_MOST], salt=_SHOWN_SALT), _SHOWN_SECONDS)


def was_shown(request: HttpRequest, code: str) -> bool:
    """Whether this browser has shown the code."""
    return _fingerprint(code) in _shown(request)


def _shown(request: HttpRequest) -> list[str]:
    try:
        shown = signing.loads(request.COOKIES.get(SHOWN_COOKIE, ""), salt=_SHOWN_SALT, max_age=_SHOWN_SECONDS)
    except signing.BadSignature:
        return []
    return shown if isinstance(shown, list) else []


def _set(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    response.set_cookie(name, value, seconds, httponly=True, samesite="Lax", secure=settings.HTTPS)


def _fingerprint(code: str) -> str:
    return fingerprint(settings.RECEIPT_KEY, f"shown:{normalise_code(code)}")[:16]
