"""The coordinator's pages about readings: private links, and the outcome of comments."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from actors.permissions.lookups import SignedInRequest
from actors.security_log.recording import Kind, record
from ostberga.lib.web.htmx import render_page
from reports.models import Reading, ReadingComment
from reports.permissions.lookups import version_of
from reports.publishing.forms import ReadingLinkForm
from reports.publishing.views.versions import show_version
from reports.readings.forms import CommentOutcomeForm


@require_POST
def invite(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """Create a private link. It is shown once, on the page that follows."""
    chosen = version_of(request, slug, key)
    form = ReadingLinkForm(request.POST)
    if not form.is_valid():
        return show_version(request, chosen, inviting=form, status=422)
    _, secret = Reading.invite(chosen, form.cleaned_data["label"], request.user, days=form.cleaned_data["days"])
    address = reverse("reading", args=[secret])
    request.session[f"reading-{chosen.pk}"] = request.build_absolute_uri(address)
    return redirect("coordinate:report-version", slug, chosen.pk)


@require_POST
def close(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Close a private link."""
    reading = get_object_or_404(
        Reading.objects.coordinated_by(request.user), pk=pk, version__report__dialogue__collaboration__slug=slug
    )
    reading.close()
    messages.success(request, f"Länken till {reading} är stängd. Synpunkterna finns kvar.")
    return redirect(reading.version.report.get_workshop_url())


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def comment(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Edit the outcome of one comment."""
    mine = ReadingComment.objects.filter(reading__in=Reading.objects.coordinated_by(request.user))
    chosen = get_object_or_404(mine, pk=pk, reading__version__report__dialogue__collaboration__slug=slug)
    report = chosen.reading.version.report
    form = CommentOutcomeForm(request.POST or None, instance=chosen)
    if request.method == "POST" and form.is_valid():
        chosen.handle(form.cleaned_data["outcome"], request.user, text=form.cleaned_data["text"])
        messages.success(request, "Synpunkten är behandlad och kommer med i nästa version.")
        return redirect(report.get_workshop_url())
    if not chosen.handled_at:
        record(Kind.READ_RAW_TEXT, by=request.user, on=chosen, collaboration=report.dialogue.collaboration)
    context = {"collaboration": report.dialogue.collaboration, "report": report, "comment": chosen, "form": form}
    return render_page(request, "reports/readings/comment.html", context, status=422 if form.errors else 200)
