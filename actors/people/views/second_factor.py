"""The page where a person chooses her second factor, after her first sign-in."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from actors.people import second_factor
from actors.permissions.lookups import SignedInRequest


def choose(request: SignedInRequest) -> HttpResponse:
    """Show the two choices, or go on to the wanted page once one of them has been made."""
    if not second_factor.must_be_led_here(request, request.user):
        return redirect(request.session.pop(second_factor.WANTED, settings.LOGIN_REDIRECT_URL))
    context = {
        "may_skip": settings.SECOND_FACTOR == "offered",
        "vouching": second_factor.vouching_providers(request.user),
        "wanted": request.session.get(second_factor.WANTED),
    }
    return render(request, "account/second_factor.html", context)


@require_POST
def skip(request: SignedInRequest) -> HttpResponse:
    """Go on without one, in the demo only."""
    if settings.SECOND_FACTOR == "required":
        raise PermissionDenied
    request.session.pop(second_factor.TO_OFFER, None)
    return redirect(request.session.pop(second_factor.WANTED, settings.LOGIN_REDIRECT_URL))
