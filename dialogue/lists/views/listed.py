"""The coordinator's page of what lists say of decisions and activities, with a way to take a row away."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.lists import claims, listed_rows
from ostberga.lib.web.htmx import render_page


@require_safe
def listed(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Decisions or activities that lists tell of."""
    collaboration = collaboration_of(request, slug)
    rows = listed_rows.rows_of_kind(kind).filter(dialogue__collaboration=collaboration)
    page = Paginator(rows, listed_rows.PER_PAGE).get_page(request.GET.get("page"))
    context = {"collaboration": collaboration, "kind": kind, "page": page}
    return render_page(request, "dialogue/lists/listed.html", context)


@require_POST
def listed_remove(request: SignedInRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Take one row away."""
    collaboration = collaboration_of(request, slug)
    claim = get_object_or_404(listed_rows.rows_of_kind(kind), dialogue__collaboration=collaboration, pk=pk)
    claims.remove_claim(claim=claim, by=request.user)
    messages.success(request, f"«{claim}» är borttaget.")
    return redirect("coordinate:listed", slug, kind)
