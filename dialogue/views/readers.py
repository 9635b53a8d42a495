"""Which bodies have said that they have read each report, and which are waited for."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from actors.views.workshop import SignedInRequest, collaboration_of
from dialogue import readers as reading
from ostberga.lib.htmx import render_page


@require_safe
def readers(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every report that stands, with its readers."""
    collaboration = collaboration_of(request, slug)
    shown = {"collaboration": collaboration, "rows": reading.of(collaboration)}
    return render_page(request, "dialogue/readers.html", shown)
