"""The page of the coordinator's week."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, prepared_collaboration_of
from dialogue.worklists import start_list, week
from ostberga.lib.web.htmx import render_page


@require_safe
def home(request: SignedInRequest, slug: str) -> HttpResponse:
    """My week: all that waits for me on one page, or one box with all its rows."""
    collaboration = prepared_collaboration_of(request, slug)
    whole = request.GET.get("visa", "")
    context: dict[str, object] = {
        "collaboration": collaboration,
        "start_list": None if whole else start_list.build_start_list(collaboration),
    }
    if collaboration.awaits_controller:
        context["proposal"] = collaboration.appointment_proposals.waiting().filter(role="coordinator").first()
        return render_page(request, "dialogue/worklists/awaited.html", context)
    context["week"] = week.build_week(collaboration, whole=whole)
    return render_page(request, "dialogue/worklists/home.html", context)
