"""Return the typed text when the session has expired, instead of redirecting to the sign-in page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

SignedOutView = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
ATTRIBUTE = "when_signed_out"


def return_typed_text_when_signed_out(signed_out_view: SignedOutView) -> Callable[[View], View]:
    """Decorate a view so that ExpiredSessionMiddleware answers a signed-out POST to it with `signed_out_view`."""

    def decorate(view: View) -> View:
        setattr(view, ATTRIBUTE, signed_out_view)
        return view

    return decorate


def signed_out_view_of(view: Any) -> SignedOutView | None:
    """Return the `signed_out_view` of a decorated view; None for all others."""
    signed_out_view: SignedOutView | None = getattr(view, ATTRIBUTE, None)
    return signed_out_view
