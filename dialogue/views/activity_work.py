"""An activity in the hands of those who run it: begin, tell, pause, end."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.views.workshop import SignedInRequest
from dialogue.models import Activity
from ostberga.lib.htmx import render_page


@require_safe
def activity_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """How it stands, and what can be done now."""
    found = get_object_or_404(Activity.objects.run_by(request.user), pk=pk)
    return render_page(request, "dialogue/activity_work.html", {"activity": found})


@require_POST
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin."""
    return activity_work(request, pk)


tell = pause = end = start


@require_safe
def for_coordinator(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """From the workshop to the page where the work is told."""
    found = get_object_or_404(Activity.objects.coordinated_by(request.user), dialogue__collaboration__slug=slug, pk=pk)
    return redirect("activity-work", found.pk)
