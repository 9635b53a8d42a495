"""The signed cookie that carries the receipt code to the receipt page for half an hour (never in a URL)."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

RECEIPT_COOKIE = f"{settings.COOKIE_PREFIX}kvitto"
_SALT = "ostberga.receipt"
_SECONDS = 30 * 60


@dataclass(frozen=True)
class SentReceipt:
    """The content of the cookie."""

    code: str
    channel_code: str


def redirect_to_receipt(code: str, channel_code: str) -> HttpResponse:
    """Redirect to the receipt page (in the dialogue app) and set the cookie."""
    response = HttpResponseRedirect(reverse("receipt"), status=303)
    value = signing.dumps([code, channel_code], salt=_SALT)
    response.set_cookie(RECEIPT_COOKIE, value, _SECONDS, httponly=True, samesite="Lax", secure=settings.HTTPS)
    return response


def read_receipt(request: HttpRequest) -> SentReceipt | None:
    """Return the content of the cookie, or None if missing, expired or tampered with."""
    try:
        code, channel_code = signing.loads(request.COOKIES.get(RECEIPT_COOKIE, ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    return SentReceipt(str(code), str(channel_code))
