"""My desk: the first page after signing in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.views.workshop import SignedInRequest
from dialogue import confirming
from dialogue import desk as desks
from dialogue.models import PublishedReport
from ostberga.lib.htmx import render_page
from ostberga.lib.keys import number_in
from ostberga.lib.plain import plain_text


@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """What I coordinate, the bodies I belong to, and what concerns them."""
    return render_page(request, "dialogue/desk.html", {"desk": desks.of(request.user)})


@require_POST
def report_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """My body has read the report."""
    report = get_object_or_404(PublishedReport.objects.standing(), pk=pk)
    places = request.user.affiliations.current().filter(
        organisation__partnerships__in=report.dialogue.collaboration.partnerships.current()
    )
    place = get_object_or_404(places, organisation=number_in(request.POST.get("organisation")))
    comment = plain_text(request.POST.get("kommentar", ""))[:1000]
    confirming.confirm_read(report=report, organisation=place.organisation, by=request.user, comment=comment)
    messages.success(request, f"Tack! Nu står det att {place.organisation} har läst rapporten.")
    return redirect("desk")
