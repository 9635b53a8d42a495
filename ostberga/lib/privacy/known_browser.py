"""A cookie that says which accounts have signed in here before: strangers can not use up their limits."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from ostberga.lib.privacy.codes import fingerprint

COOKIE = f"{settings.COOKIE_PREFIX}kand"
_SALT = "ostberga.known-browser"
_SECONDS = 180 * 24 * 3600
_AT_MOST = 5  # accounts of a shared computer


def knows(request: HttpRequest, email: str) -> bool:
    """Return whether somebody has signed in with this address in this browser within half a year."""
    return _mark(email) in _marks(request)


def remember(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Let the browser show that the account of this address has signed in here."""
    mark = _mark(email)
    marks = [mark, *(other for other in _marks(request) if other != mark)][:_AT_MOST]
    value = signing.dumps(marks, salt=_SALT)
    response.set_cookie(COOKIE, value, _SECONDS, httponly=True, samesite="Lax", secure=settings.HTTPS)


def _marks(request: HttpRequest) -> list[str]:
    try:
        marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return []
    return [str(mark) for mark in marks] if isinstance(marks, list) else []


def _mark(email: str) -> str:
    return fingerprint(settings.SECRET_KEY, f"known browser of:{email.strip().lower()}")[:24]
