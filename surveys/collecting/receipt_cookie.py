"""The signed cookies that carry the receipt code to the receipt page for half an hour, and tell that it was shown."""

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


@dataclass(frozen=True)
class SentReceipt:
    """The content of the cookie."""

    code: str
    channel_code: str


def redirect_to_receipt(code: str, channel_code: str) -> HttpResponse:
    """Redirect to the receipt page (in the dialogue app) and set the cookie."""
    response = HttpResponseRedirect(reverse("receipt"), status=303)
    _set(response, RECEIPT_COOKIE, signing.dumps([code, channel_code], salt=_SALT))
    return response


def read_receipt(request: HttpRequest) -> SentReceipt | None:
    """Return the content of the cookie, or None if missing, expired or tampered with."""
    try:
        code, channel_code = signing.loads(request.COOKIES.get(RECEIPT_COOKIE, ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    return SentReceipt(str(code), str(channel_code))


def mark_shown(response: HttpResponse, code: str) -> None:
    """Note in this browser that the code has been shown: who sends the same answer again has seen that it arrived.

    The note outlives `leave`, and so does not say the code: somebody else may have the browser by then.
    """
    _set(response, SHOWN_COOKIE, signing.dumps(_fingerprint(code), salt=_SHOWN_SALT))


def was_shown(request: HttpRequest, code: str) -> bool:
    """Whether this browser has shown the code, last of all."""
    try:
        shown = signing.loads(request.COOKIES.get(SHOWN_COOKIE, ""), salt=_SHOWN_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return False
    return bool(shown == _fingerprint(code))


def _set(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, _SECONDS, httponly=True, samesite="Lax", secure=settings.HTTPS)


def _fingerprint(code: str) -> str:
    return fingerprint(settings.RECEIPT_KEY, f"shown:{normalise_code(code)}")
