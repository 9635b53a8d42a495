"""My desk: the first page after signing in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from dialogue.issues import read_confirmations
from dialogue.models import PublishedReport
from dialogue.worklists.desk import build_desk
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.plain_text import plain_text
from ostberga.lib.web.htmx import render_page


@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """What I coordinate, the bodies I belong to, and what concerns them."""
    return render_page(request, "dialogue/worklists/desk.html", {"desk": build_desk(request.user)})


@require_POST
def report_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """My body has read the report."""
    report = get_object_or_404(PublishedReport.objects.standing(), pk=pk)
    places = request.user.affiliations.current().filter(
        organisation__partnerships__in=report.dialogue.collaboration.partnerships.current()
    )
    place = get_object_or_404(places, organisation=parse_id(request.POST.get("organisation")))
    comment = plain_text(request.POST.get("kommentar", ""))[:1000]
    read_confirmations.confirm_read(report=report, organisation=place.organisation, by=request.user, comment=comment)
    messages.success(request, f"Tack! Nu står det att {place.organisation} har läst rapporten.")
    return redirect("desk")
