"""Which bodies have said that they have read each report, and which are waited for."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.issues import report_readers as reading
from ostberga.lib.web.htmx import render_page


@require_safe
def readers(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every report that stands, with its readers."""
    collaboration = collaboration_of(request, slug)
    shown = {"collaboration": collaboration, "rows": reading.list_report_readers(collaboration)}
    return render_page(request, "dialogue/issues/readers.html", shown)
