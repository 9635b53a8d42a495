"""How long things take: for the coordinator with all issues, and for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.history import lead_times
from ostberga.lib.web.htmx import render_page
from ostberga.lib.web.public_pages import public_page


@require_safe
def workshop(request: SignedInRequest, slug: str) -> HttpResponse:
    """All issues of the dialogue that goes on."""
    collaboration = collaboration_of(request, slug)
    dialogue = collaboration.dialogues.current().first()
    picture = lead_times.for_coordinator(dialogue) if dialogue else None
    shown = {"collaboration": collaboration, "dialogue": dialogue, "picture": picture}
    return render_page(request, "dialogue/history/pace_workshop.html", shown)


@public_page
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """The issues that everybody sees, of the dialogue that goes on or the last that did."""
    collaboration = get_object_or_404(Collaboration, slug=slug)
    dialogue = collaboration.dialogues.current().first() or collaboration.dialogues.earlier().first()
    context = {"collaboration": collaboration, "picture": lead_times.of(dialogue) if dialogue else None}
    return render(request, "dialogue/history/pace.html", context)
