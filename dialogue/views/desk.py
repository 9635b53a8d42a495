"""My desk: the first page after signing in."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from dialogue import desk as desks
from ostberga.lib.htmx import render_page
from surveys.views.workshop import SignedInRequest


@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """What I coordinate, the bodies I belong to, and what concerns them."""
    return render_page(request, "dialogue/desk.html", {"desk": desks.of(request.user)})
