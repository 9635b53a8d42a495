"""The coordinator's week: all that waits for her."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.worklists import week
from ostberga.lib.web.htmx import render_page


@require_safe
def home(request: SignedInRequest, slug: str) -> HttpResponse:
    """My week: all that waits for me on one page, or one box of it in whole."""
    collaboration = collaboration_of(request, slug)
    found = week.of(collaboration, whole=request.GET.get("visa", ""))
    return render_page(request, "dialogue/worklists/home.html", {"collaboration": collaboration, "week": found})
