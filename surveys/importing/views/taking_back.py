"""Pages for one import: what it stored, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from ostberga.lib.web.htmx import render_page
from surveys.importing import taking_back
from surveys.importing.forms import TakeBackForm
from surveys.importing.views import not_saved
from surveys.models import AnswerImport, Survey
from surveys.permissions.lookups import survey_of

MOST_STATEMENTS = 100  # listed on the page


@require_safe
def show(request: SignedInRequest, slug: str, pk: int, answer_import: UUID) -> HttpResponse:
    """Show what an import stored, and what taking it back would do."""
    survey = survey_of(request, slug, pk)
    done = _import_of(survey, answer_import)
    return _show(request, survey, done, TakeBackForm(done))


@require_POST
def take_back(request: SignedInRequest, slug: str, pk: int, answer_import: UUID) -> HttpResponse:
    """Take an import back, as far as possible."""
    survey = survey_of(request, slug, pk)
    done = _import_of(survey, answer_import)
    form = TakeBackForm(done, request.POST)
    if not form.is_valid():
        return _show(request, survey, done, form)
    facts = taking_back.take_back(answer_import=done, by=request.user, places=form.numbers)
    left = f" {facts.kept} är kodade och står kvar." if facts.kept else ""
    messages.success(request, f"{facts.removable} {done.unit} är borttagna.{left}")
    return redirect("coordinate:import-done", slug, pk, done.pk)


def _show(request: SignedInRequest, survey: Survey, done: AnswerImport, form: TakeBackForm) -> HttpResponse:
    context = {
        "collaboration": survey.collaboration,
        "survey": survey,
        "done": done,
        "not_saved": not_saved.rows_of(request, done.pk)[1:],
        "facts": taking_back.foresee(done),
        "statements": taking_back.standing_statements(done)[:MOST_STATEMENTS],
        "form": form,
    }
    return render_page(request, "surveys/importing/import_done.html", context, status=422 if form.is_bound else 200)


def _import_of(survey: Survey, key: UUID) -> AnswerImport:
    return get_object_or_404(survey.imports.select_related("by", "survey", "taken_back_by"), pk=key)
