"""Pages for importing answers from a spreadsheet: paste, dry run, store."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from ostberga.lib.web.htmx import render_page
from surveys.importing.dry_run import DryRun, judge
from surveys.importing.forms import ImportForm
from surveys.importing.remembering import remember
from surveys.importing.sheets_out import empty_workbook, refused_workbook, template_headings
from surveys.importing.storing import store_rows
from surveys.models import Survey
from surveys.permissions.lookups import survey_of
from surveys.questionnaire.survey_definition import load_definition

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHANGED = "Något är ändrat sedan du granskade. Titta igenom raderna en gång till och spara sedan."


def paste(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Step one: paste rows and show the dry run. Nothing is stored."""
    survey = survey_of(request, slug, pk)
    form = ImportForm(survey, request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _show_form(request, survey, form)
    return _show_dry_run(request, survey, form, _judge(request, survey, form))


@require_POST
def store(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Step two: judge the rows again and store them, if that is what was shown."""
    survey = survey_of(request, slug, pk)
    form = ImportForm(survey, request.POST)
    if not form.is_valid():
        return _show_form(request, survey, form)
    dry_run, key = _judge(request, survey, form), form.key_of_act
    is_sent_again = survey.imports.filter(pk=key).exists()
    if not is_sent_again and dry_run.fingerprint != request.POST.get("seen"):
        return _show_dry_run(request, survey, form, dry_run, CHANGED)
    done = store_rows(
        survey=survey,
        key=key,
        by=request.user,
        rows=dry_run.rows,
        read=len(dry_run.rows),
        behind=form.behind(dry_run.layout),
    )
    remember(survey, dry_run.choices)
    messages.success(request, f"{done.stored} {done.unit} är sparade.")
    return redirect("coordinate:import-done", slug, pk, done.pk)


@require_POST
def refused(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Download the rows that are not stored, with the reason beside each."""
    survey = survey_of(request, slug, pk)
    form = ImportForm(survey, request.POST)
    if not form.is_valid():
        return _show_form(request, survey, form)
    return _download(refused_workbook(_judge(request, survey, form)), f"inte-sparade-{survey.pk}.xlsx")


@require_safe
def template(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Download an empty spreadsheet with the right headings."""
    survey = survey_of(request, slug, pk)
    return _download(empty_workbook(template_headings(load_definition(survey))), f"svar-mall-{survey.pk}.xlsx")


def _judge(request: SignedInRequest, survey: Survey, form: ImportForm) -> DryRun:
    return judge(survey=survey, batch=form.defaults, source=form.source, chosen=request.POST.dict())


def _show_form(request: SignedInRequest, survey: Survey, form: ImportForm) -> HttpResponse:
    context = {
        "collaboration": survey.collaboration,
        "survey": survey,
        "form": form,
        "headings": template_headings(load_definition(survey)),
        "imports": survey.imports.select_related("by", "taken_back_by"),
    }
    return render_page(request, "surveys/importing/import.html", context, status=422 if form.is_bound else 200)


def _show_dry_run(
    request: SignedInRequest, survey: Survey, form: ImportForm, dry_run: DryRun, changed: str = ""
) -> HttpResponse:
    context = {
        "collaboration": survey.collaboration,
        "survey": survey,
        "dry_run": dry_run,
        "form": form,
        "changed": changed,
    }
    status = 409 if changed else 422 if dry_run.problem else 200
    return render_page(request, "surveys/importing/import_judged.html", context, status=status)


def _download(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)
