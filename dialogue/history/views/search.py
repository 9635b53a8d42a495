"""The coordinator looks for why something was decided."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.history import search as searching
from ostberga.lib.web.htmx import render_page


@require_safe
def search(request: SignedInRequest, slug: str) -> HttpResponse:
    """What was found, by kind, each with the way into its story."""
    collaboration = collaboration_of(request, slug)
    found = searching.search(collaboration, request.GET.get("q", ""))
    return render_page(request, "dialogue/history/search.html", {"collaboration": collaboration, "found": found})
