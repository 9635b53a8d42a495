"""The coordinator's page about which bodies have read each report."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.issues.report_readers import list_report_readers
from ostberga.lib.web.htmx import render_page


@require_safe
def readers(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the readers of every report that is not withdrawn."""
    collaboration = collaboration_of(request, slug)
    context = {"collaboration": collaboration, "rows": list_report_readers(collaboration)}
    return render_page(request, "dialogue/issues/readers.html", context)
