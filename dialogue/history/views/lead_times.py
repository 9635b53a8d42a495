"""The page of lead times: for the coordinator with all issues, and for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest, helped_collaboration_of
from actors.rules.rights import READ
from dialogue.history import lead_times
from ostberga.lib.web.htmx import render_page
from ostberga.lib.web.public_pages import public_page


@require_safe
def workshop(request: SignedInRequest, slug: str) -> HttpResponse:
    """All issues of the dialogues that go on, a table for each."""
    collaboration = helped_collaboration_of(request, slug, READ)
    dialogues = collaboration.dialogues.current().order_by("pk")
    tables = [(dialogue, lead_times.build_coordinator_table(dialogue)) for dialogue in dialogues]
    context = {"collaboration": collaboration, "tables": tables, "has_rows": any(table.rows for _, table in tables)}
    return render_page(request, "dialogue/history/lead_times_workshop.html", context)


@public_page
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """The public issues of the dialogues that go on, or of the latest that has ended."""
    collaboration = get_object_or_404(Collaboration.objects.public(), slug=slug)
    dialogues = collaboration.dialogues.current().order_by("pk") or collaboration.dialogues.earlier()[:1]
    tables = [(dialogue, lead_times.build_public_table(dialogue)) for dialogue in dialogues]
    context = {"collaboration": collaboration, "tables": tables, "has_rows": any(table.rows for _, table in tables)}
    return render(request, "dialogue/history/lead_times.html", context)
