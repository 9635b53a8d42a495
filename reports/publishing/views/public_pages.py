"""Public pages: all reports, and one report as page, PDF and pictures at permanent addresses."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from actors.models import Collaboration
from dialogue.models import PublishedReport
from ostberga.lib.web.public_pages import public_page
from reports.models import Report, ReportVersion
from reports.models.version import published_version_of
from reports.rendering import files


@require_safe
@public_page
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """All published reports, the latest first, withdrawn ones marked."""
    collaboration = get_object_or_404(Collaboration.objects.public(), slug=slug)
    published = PublishedReport.objects.filter(dialogue__collaboration=collaboration).prefetch_related("issues")
    return render(request, "reports/publishing/list.html", {"collaboration": collaboration, "reports": published})


@require_safe
@public_page
def report(request: HttpRequest, slug: str, report_slug: str) -> HttpResponse:
    """One report, from the frozen findings, without quotes that may no longer be shown."""
    published, version = _published(slug, report_slug)
    context = {
        "collaboration": published.dialogue.collaboration,
        "published": published,
        "version": version,
        "versions": version.report.versions.published().defer("findings"),
        "f": version.frozen,
        "gone": version.withdrawn_quotes(),
        "pictures": reverse("reports:report", args=[slug, report_slug]),
    }
    template = "reports/publishing/withdrawn.html" if published.withdrawn_at else "reports/publishing/published.html"
    return render(request, template, context)


@login_not_required
@require_safe
def pdf(request: HttpRequest, slug: str, report_slug: str) -> HttpResponseBase:
    """The published PDF, to open or (with «?ladda-ner») to download.

    410 if the report is withdrawn, 503 while the PDF holds a quote that may no longer be shown.
    """
    published, version = _published(slug, report_slug)
    gone = bool(version.withdrawn_quotes())
    path = files.stored_path(version, "rapport.pdf")
    if published.withdrawn_at or gone or path is None:
        context = {"collaboration": published.dialogue.collaboration, "published": published}
        status = 410 if published.withdrawn_at else 503
        return render(request, "reports/publishing/pdf_away.html", context, status=status)
    etag = f'"{version.pdf_checksum}"'
    save = files.SAVE in request.GET
    name = f"{report_slug}.pdf"
    response = get_conditional_response(request, etag=etag) or files.file_response(path, name, save=save)
    response["ETag"], response["Cache-Control"] = etag, "public, no-cache"
    return response


@login_not_required
@require_safe
def picture(_request: HttpRequest, slug: str, report_slug: str, name: str) -> HttpResponseBase:
    """A picture of the published version."""
    published, version = _published(slug, report_slug)
    path = files.stored_path(version, name) if name in files.PICTURES and not published.withdrawn_at else None
    if path is None:
        raise Http404
    response = files.file_response(path, name)
    response["Cache-Control"] = "public, max-age=300"
    return response


def _published(slug: str, report_slug: str) -> tuple[PublishedReport, ReportVersion]:
    reports = PublishedReport.objects.select_related("dialogue__collaboration")
    published = get_object_or_404(reports, dialogue__collaboration__slug=slug, slug=report_slug)
    source = get_object_or_404(Report, publication=published)
    version = published_version_of(source)
    if version is None:
        raise Http404
    return published, version
