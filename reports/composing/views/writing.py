"""The coordinator creates a report, writes its texts, connects themes and sees who has been heard."""

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.web.htmx import render_page
from reports.composing import new_report
from reports.composing.forms import NewReportForm, ReportTextsForm, ThemeConnectionForm
from reports.findings.gathering import gather_findings
from reports.models import Report
from reports.permissions.lookups import report_of


@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: SignedInRequest, slug: str) -> HttpResponse:
    """All reports, and a form that creates one."""
    collaboration = collaboration_of(request, slug)
    dialogue = collaboration.dialogues.current().first()
    if dialogue is None:
        context = {"collaboration": collaboration, "reports": _reports(collaboration)}
        return render_page(request, "reports/composing/reports.html", context)
    form = NewReportForm(dialogue, request.POST or None)
    if request.method == "POST" and form.is_valid():
        report = new_report.create_report(dialogue=dialogue, by=request.user, **form.cleaned_data)
        messages.success(request, "Rapporten är påbörjad. Teman, perspektiv och några citat är redan valda.")
        return redirect(report.get_workshop_url())
    context = {"collaboration": collaboration, "reports": _reports(collaboration), "form": form}
    return render_page(request, "reports/composing/reports.html", context, status=422 if form.errors else 200)


def _reports(collaboration: Collaboration) -> QuerySet[Report]:
    return Report.objects.filter(dialogue__collaboration=collaboration).select_related("wave", "publication")


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def texts(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Edit all texts on one page."""
    chosen = report_of(request, slug, pk)
    form = ReportTextsForm(request.POST or None, instance=chosen)
    if request.method == "POST" and form.is_valid():
        Report.objects.get(pk=chosen.pk).write(request.user, form.texts())
        messages.success(request, "Texterna är sparade.")
        return redirect(chosen.get_workshop_url())
    context = {"collaboration": chosen.dialogue.collaboration, "report": Report.objects.get(pk=chosen.pk), "form": form}
    return render_page(request, "reports/composing/texts.html", context, status=422 if form.errors else 200)


@require_safe
def heard(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Who has been heard and who is missing, as the report will show it."""
    chosen = report_of(request, slug, pk)
    findings = gather_findings(chosen, number=0, on=timezone.localdate())
    context = {"collaboration": chosen.dialogue.collaboration, "report": chosen, "f": findings}
    return render_page(request, "reports/composing/heard.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def connections(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Connections between themes, and a form that adds one."""
    chosen = report_of(request, slug, pk)
    form = ThemeConnectionForm(chosen, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("coordinate:report-connections", slug, pk)
    links = chosen.theme_connections.select_related("one", "other")
    context = {"collaboration": chosen.dialogue.collaboration, "report": chosen, "links": links, "form": form}
    return render_page(request, "reports/composing/connections.html", context, status=422 if form.errors else 200)


@require_POST
def connection_remove(request: SignedInRequest, slug: str, pk: int, link: int) -> HttpResponse:
    """Remove a connection."""
    get_object_or_404(report_of(request, slug, pk).theme_connections, pk=link).delete()
    messages.success(request, "Sambandet är borttaget.")
    return redirect("coordinate:report-connections", slug, pk)
