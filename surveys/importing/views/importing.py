"""Pages for importing answers from a spreadsheet: paste, dry run, store."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from actors.sent_forms.keeping import words_of
from ostberga.lib.web.htmx import render_page
from surveys.importing import large_files
from surveys.importing.columns.remembering import remember
from surveys.importing.dry_run import DryRun, judge
from surveys.importing.forms import ImportForm
from surveys.importing.places import make_places
from surveys.importing.sheets_out import empty_workbook, refused_rows, refused_workbook, template_headings
from surveys.importing.shown_run import show
from surveys.importing.storing import store_rows
from surveys.importing.views import not_saved
from surveys.importing.views.workbook_answer import download
from surveys.models import AnswerImport, LargeImport, Survey
from surveys.permissions.lookups import survey_of
from surveys.questionnaire.survey_definition import load_definition

CHANGED = "Något är ändrat sedan du granskade. Titta igenom raderna en gång till och spara sedan."
PLACES_MADE = "De nya platserna är skapade. Spara raderna nu."


def paste(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Step one: paste rows and show the dry run. Nothing is stored.

    Whoever lost her session at step two comes back here, and sees the dry run again.
    """
    survey = survey_of(request, slug, pk)
    form = ImportForm(survey, request.POST or _judged_before(request), request.FILES or None)
    if not form.is_valid() or (form.is_large and request.method != "POST"):
        return _show_form(request, survey, form)
    if form.is_large:
        return redirect("coordinate:import-large", slug, pk, _begin_large(request, survey, form).pk)
    return _show_dry_run(request, survey, form, _judge(survey, form))


@require_POST
def store(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Step two: judge the rows again and store them, if that is what was shown. Where places are new, make them first.

    The rows are then stored by the next request: in this one they and the places would be of one transaction.
    """
    survey = survey_of(request, slug, pk)
    form = ImportForm(survey, request.POST)
    if not form.is_valid() or form.is_large:
        return _show_form(request, survey, form)
    dry_run, key = _judge(survey, form), form.key_of_act
    is_sent_again = survey.imports.filter(pk=key).exists()
    if not is_sent_again and (why := _postpone(request, survey, dry_run)):
        return _show_dry_run(request, survey, form, _judge(survey, form), why)
    done = _store(request, survey, form, dry_run, key)
    if not is_sent_again:
        not_saved.keep(request, done.pk, refused_rows(dry_run))
    messages.success(request, f"{done.stored} {done.unit} är sparade.")
    return redirect("coordinate:import-done", slug, pk, done.pk)


@require_POST
def refused(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Download the rows that are not stored, with the reason beside each."""
    survey = survey_of(request, slug, pk)
    form = ImportForm(survey, request.POST)
    if not form.is_valid() or form.is_large:
        return _show_form(request, survey, form)
    return download(refused_workbook(refused_rows(_judge(survey, form))), f"inte-sparade-{survey.pk}.xlsx")


@require_safe
def template(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Download an empty spreadsheet with the right headings."""
    survey = survey_of(request, slug, pk)
    return download(empty_workbook(template_headings(load_definition(survey))), f"svar-mall-{survey.pk}.xlsx")


def _postpone(request: SignedInRequest, survey: Survey, run: DryRun) -> str:
    """Return why the rows are not stored by this request: they are not those that were seen, or it makes places."""
    if run.fingerprint != request.POST.get("seen"):
        return CHANGED
    return PLACES_MADE if make_places(survey=survey, by=request.user, rows=run.stored) else ""


def _store(request: SignedInRequest, survey: Survey, form: ImportForm, run: DryRun, key: UUID) -> AnswerImport:
    behind = form.behind(run.layout)
    done = store_rows(survey=survey, key=key, by=request.user, rows=run.rows, read=len(run.rows), behind=behind)
    remember(survey.collaboration_id, run.choices(with_places=not done.is_blank))
    return done


def _judged_before(request: SignedInRequest) -> QueryDict | None:
    words = words_of(request)
    return words if words and "seen" in words else None


def _begin_large(request: SignedInRequest, survey: Survey, form: ImportForm) -> LargeImport:
    return large_files.begin(survey=survey, by=request.user, batch=form.defaults, source=form.source)


def _judge(survey: Survey, form: ImportForm) -> DryRun:
    chosen = {name: form.data[name] for name in form.data}
    return judge(survey=survey, batch=form.defaults, source=form.source, chosen=chosen)


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
    place = [survey.collaboration.slug, survey.pk]
    context = {
        "collaboration": survey.collaboration,
        "survey": survey,
        "dry_run": show(dry_run),
        "form": form,
        "changed": changed,
        "urls": {name: reverse(f"coordinate:import-{name}", args=place) for name in ("store", "refused")},
    }
    status = 409 if changed else 422 if dry_run.problem else 200
    return render_page(request, "surveys/importing/import_judged.html", context, status=status)
