"""The coordinator's search page."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.history import search as searching
from ostberga.lib.web.htmx import render_page


@require_safe
def search(request: SignedInRequest, slug: str) -> HttpResponse:
    """The hits by kind, each with a link into its story."""
    collaboration = collaboration_of(request, slug)
    result = searching.search(collaboration, request.GET.get("q", ""))
    return render_page(request, "dialogue/history/search.html", {"collaboration": collaboration, "result": result})
