"""The public page about the joint plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.models import Collaboration
from ostberga.lib.web.public_pages import public_page


@public_page
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The adopted joint plan."""
    collaboration = get_object_or_404(Collaboration.objects.public(), slug=slug)
    newest = collaboration.plans.adopted().prefetch_related("focus_areas__goals__indicators").first()
    return render(request, "actors/plan/plan.html", {"collaboration": collaboration, "plan": newest})
