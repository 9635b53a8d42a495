"""The page of the coordinator's week."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.worklists import week
from ostberga.lib.web.htmx import render_page


@require_safe
def home(request: SignedInRequest, slug: str) -> HttpResponse:
    """My week: all that waits for me on one page, or one box with all its rows."""
    collaboration = collaboration_of(request, slug)
    context = {
        "collaboration": collaboration,
        "week": week.build_week(collaboration, whole=request.GET.get("visa", "")),
    }
    return render_page(request, "dialogue/worklists/home.html", context)
