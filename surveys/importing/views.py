"""Pages for importing answers from a spreadsheet: paste, dry run, store."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from ostberga.lib.web.htmx import render_page
from surveys.importing import answer_import
from surveys.importing.forms import ImportForm
from surveys.importing.spreadsheets import empty_workbook
from surveys.models import Survey
from surveys.permissions.lookups import survey_of
from surveys.questionnaire.survey_definition import load_definition

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def paste(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Step one: paste rows and show the dry run. Nothing is stored."""
    survey = survey_of(request, slug, pk)
    form = ImportForm(survey, request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _show_form(request, survey, form)
    dry_run = answer_import.dry_run(**form.batch, text=form.cleaned_data["text"])
    if dry_run.problem:
        form.add_error("text", dry_run.problem)
        return _show_form(request, survey, form)
    context = {"survey": survey, "dry_run": dry_run, "batch": form.batch, "text": form.cleaned_data["text"]}
    return render_page(
        request, "surveys/importing/import_judged.html", {**context, "collaboration": survey.collaboration}
    )


def _show_form(request: SignedInRequest, survey: Survey, form: ImportForm) -> HttpResponse:
    context = {
        "collaboration": survey.collaboration,
        "survey": survey,
        "form": form,
        "headings": answer_import.template_headings(load_definition(survey)),
    }
    return render_page(request, "surveys/importing/import.html", context, status=422 if form.is_bound else 200)


@require_POST
def store(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Step two: validate the rows again and store the valid ones."""
    survey = survey_of(request, slug, pk)
    form = ImportForm(survey, request.POST)
    if not form.is_valid():
        return _show_form(request, survey, form)
    dry_run = answer_import.dry_run(**form.batch, text=form.cleaned_data["text"])
    chosen = form.cleaned_data
    new = answer_import.store_rows(wave=chosen["wave"], channel=chosen["channel"], by=request.user, rows=dry_run.good)
    left = len(dry_run.rows) - new
    messages.success(request, f"{new} svar är sparade." + (f" {left} rader hoppades över." if left else ""))
    return redirect("coordinate:wave", slug, pk, chosen["wave"].pk)


@require_safe
def template(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Download an empty spreadsheet with the right headings."""
    survey = survey_of(request, slug, pk)
    headers = {"Content-Disposition": f'attachment; filename="svar-mall-{survey.pk}.xlsx"'}
    content = empty_workbook(answer_import.template_headings(load_definition(survey)))
    return HttpResponse(content, content_type=XLSX, headers=headers)
