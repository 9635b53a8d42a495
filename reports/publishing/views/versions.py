"""The coordinator requests a version, follows its rendering, reads the draft, publishes and withdraws."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from actors.security_log.recording import exporting
from ostberga.lib.web.htmx import render_page
from reports.models import ReportVersion
from reports.permissions.lookups import report_of, version_of
from reports.publishing import version_requests
from reports.publishing.forms import PublishReportForm, ReadingLinkForm, WithdrawReportForm
from reports.publishing.version_requests import request_version
from reports.publishing.views.report import show_report
from reports.rendering import files


@require_POST
def make(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Request a version and queue its rendering."""
    version = request_version(report_of(request, slug, pk), request.user)
    version_requests.queue_rendering(version)
    return redirect("coordinate:report-version", slug, version.pk)


@require_safe
def version(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """One version: the progress of its rendering, then its files."""
    return show_version(request, version_of(request, slug, key))


def show_version(
    request: SignedInRequest, chosen: ReportVersion, *, inviting: ReadingLinkForm | None = None, status: int = 200
) -> HttpResponse:
    """Render the page of one version, with an invalid form in place of an empty one if given."""
    context = {
        "collaboration": chosen.report.dialogue.collaboration,
        "report": chosen.report,
        "version": chosen,
        "quotes_gone": chosen.state == chosen.State.FINISHED and bool(chosen.withdrawn_quotes()),
        "inviting": inviting or ReadingLinkForm(),
        "secret": request.session.pop(f"reading-{chosen.pk}", ""),
        "publishing": PublishReportForm(),
    }
    return render_page(request, "reports/publishing/version.html", context, parts=("_version",), status=status)


@require_POST
def retry(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """Queue the rendering of a failed version again."""
    chosen = version_of(request, slug, key)
    chosen.retry()
    version_requests.queue_rendering(chosen)
    return redirect("coordinate:report-version", slug, chosen.pk)


@require_safe
def draft(request: SignedInRequest, slug: str, key: UUID, name: str) -> FileResponse:
    """A file of a version, published or not, for the coordinator only."""
    chosen = version_of(request, slug, key)
    path = files.stored_path(chosen, name)
    if path is None:
        raise Http404
    file_name = f"{chosen.report.slug}-version-{chosen.number}-{name}"
    response = files.file_response(path, file_name, save=files.SAVE in request.GET)
    response["Cache-Control"] = "private, no-store"
    return exporting(response, on=chosen, collaboration=chosen.report.dialogue.collaboration)


@require_POST
def publish(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    """Publish this version."""
    chosen = version_of(request, slug, key)
    form = PublishReportForm(request.POST)
    if not form.is_valid():
        return show_report(request, chosen.report, status=422, publishing=form)
    chosen.publish(request.user, **form.cleaned_data)
    messages.success(request, "Rapporten är publicerad. Den syns nu på rapportsidan och vid frågorna den handlar om.")
    return redirect(chosen.report.get_workshop_url())


@require_POST
def withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw the report, with a reason."""
    report = report_of(request, slug, pk)
    form = WithdrawReportForm(request.POST)
    if not form.is_valid():
        return show_report(request, report, status=422, withdrawing=form)
    report.withdraw(request.user, form.cleaned_data["reason"])
    messages.success(request, "Rapporten är tillbakadragen. Sidan finns kvar och säger varför.")
    return redirect(report.get_workshop_url())
