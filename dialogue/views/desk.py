"""My desk: the first page after signing in."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from actors.views.workshop import SignedInRequest
from dialogue import desk as desks
from ostberga.lib.htmx import render_page


@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """What I coordinate, the bodies I belong to, and what concerns them."""
    return render_page(request, "dialogue/desk.html", {"desk": desks.of(request.user)})
