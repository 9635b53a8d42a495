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
from dialogue.models import Dialogue
from dialogue.permissions.choosing import ask_which, chosen_dialogue
from dialogue.permissions.lookups import running_dialogues
from ostberga.lib.web.htmx import render_page
from reports.composing import new_report
from reports.composing.forms import NewReportForm, ReportTextsForm, ThemeConnectionForm
from reports.findings.gathering import gather_findings
from reports.models import Report
from reports.permissions.lookups import report_of
from surveys.models import Survey


@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: SignedInRequest, slug: str) -> HttpResponse:
    """All reports, and a form that creates one for a dialogue: the only one that goes on, or the one that is chosen."""
    collaboration = collaboration_of(request, slug)
    dialogues = list(
        collaboration.dialogues.current().select_related("collaboration", "guiding_question").order_by("pk")
    )
    dialogue = chosen_dialogue(request, dialogues)
    if request.method == "POST" and dialogue is None:
        return ask_which(request, collaboration, running_dialogues(collaboration))
    form = NewReportForm(dialogue, request.POST or None) if dialogue else None
    if dialogue and form and request.method == "POST" and form.is_valid():
        return _begin(request, dialogue, form)
    context = {"collaboration": collaboration, "dialogue": dialogue, "dialogues": dialogues, "form": form}
    more = {"reports": _reports(collaboration), "without_dialogue": _forms_without_dialogue(collaboration)}
    status = 422 if form and form.errors else 200
    return render_page(request, "reports/composing/reports.html", context | more, status=status)


def _begin(request: SignedInRequest, dialogue: Dialogue, form: NewReportForm) -> HttpResponse:
    report = new_report.create_report(dialogue=dialogue, by=request.user, **form.cleaned_data)
    messages.success(request, "Rapporten är påbörjad. Teman, perspektiv och några citat är redan valda.")
    return redirect(report.get_workshop_url())


def _forms_without_dialogue(collaboration: Collaboration) -> QuerySet[Survey]:
    """Forms whose waves no report is offered, since they belong to no dialogue."""
    return collaboration.surveys.filter(dialogues=None, archived_at=None, waves__isnull=False).distinct()


def _reports(collaboration: Collaboration) -> QuerySet[Report]:
    return Report.objects.filter(dialogue__collaboration=collaboration).select_related(
        "wave", "publication", "dialogue"
    )


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
