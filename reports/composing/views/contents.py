"""The coordinator chooses themes, perspectives and quotes and their order. Works without JavaScript."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from ostberga.lib.web.htmx import render_page
from reports.composing import theme_contents
from reports.composing.forms import ThemeContentsForm
from reports.composing.selection_form import move_chosen
from reports.models import ReportTheme
from reports.permissions.lookups import report_of
from surveys.models import Theme


@require_safe
def contents(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The chosen themes in order, and the others."""
    report = report_of(request, slug, pk)
    chosen = report.chosen_themes.select_related("theme").prefetch_related("chosen_perspectives__quotes")
    left = Theme.objects.filter(collaboration=report.dialogue.collaboration, retired_at__isnull=True)
    context = {
        "collaboration": report.dialogue.collaboration,
        "report": report,
        "chosen": chosen,
        "left": left.exclude(pk__in=chosen.values("theme")),
    }
    return render_page(request, "reports/composing/contents.html", context)


@require_POST
def theme_add(request: SignedInRequest, slug: str, pk: int, theme: int) -> HttpResponse:
    """Add a theme, last."""
    report = report_of(request, slug, pk)
    wanted = get_object_or_404(Theme, pk=theme, collaboration=report.dialogue.collaboration)
    theme_contents.add_theme(report=report, theme=wanted)
    return redirect("coordinate:report-contents", slug, pk)


@require_POST
def theme_change(request: SignedInRequest, slug: str, pk: int, chosen: int, act: str) -> HttpResponse:
    """Move a theme up or down, or remove it."""
    row = get_object_or_404(ReportTheme, pk=chosen, report=report_of(request, slug, pk))
    if act == "ta-bort":
        row.delete()
        messages.success(request, f"Temat {row.theme} är borttaget ur rapporten. Du kan lägga till det igen.")
    else:
        theme_contents.move_row(row, steps=-1 if act == "upp" else 1)
    return redirect("coordinate:report-contents", slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def theme(request: SignedInRequest, slug: str, pk: int, chosen: int) -> HttpResponse:
    """One theme: its introduction, and which perspectives and quotes are chosen."""
    report = report_of(request, slug, pk)
    row = get_object_or_404(report.chosen_themes.select_related("theme", "report"), pk=chosen)
    form = ThemeContentsForm(row, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"collaboration": report.dialogue.collaboration, "report": report, "chosen": row, "form": form}
        return render_page(request, "reports/composing/theme.html", context, status=422 if form.is_bound else 200)
    theme_contents.choose_contents(chosen=row, **form.selection)
    button = request.POST.get("do", "")
    anchor = move_chosen(row, button)
    messages.success(request, "Sparat.")
    return redirect(f"{request.path}{anchor}" if button else row.report.get_contents_url())
