"""Whether a form was sent from one of our own pages. Used where there is no authority to steal, and so no token."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_foreign(request: HttpRequest) -> bool:
    """The browser says that another site sent this. One that says nothing (an old phone) is believed."""
    sent_from = request.headers.get("Sec-Fetch-Site", "")
    if sent_from in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin", "")
    if origin:
        # Host only: behind a proxy we may not know whether the visitor used https.
        return urlsplit(origin).netloc != request.get_host()
    return bool(sent_from)
