"""Pages for one import: what it stored, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from ostberga.lib.web.htmx import render_page
from surveys.importing import taking_back
from surveys.models import AnswerImport, Survey
from surveys.permissions.lookups import survey_of


@require_safe
def show(request: SignedInRequest, slug: str, pk: int, answer_import: UUID) -> HttpResponse:
    """Show what an import stored, and what taking it back would do."""
    survey = survey_of(request, slug, pk)
    done = _import_of(survey, answer_import)
    context = {
        "collaboration": survey.collaboration,
        "survey": survey,
        "done": done,
        "facts": taking_back.foresee(done),
    }
    return render_page(request, "surveys/importing/import_done.html", context)


@require_POST
def take_back(request: SignedInRequest, slug: str, pk: int, answer_import: UUID) -> HttpResponse:
    """Take an import back, as far as possible."""
    done = _import_of(survey_of(request, slug, pk), answer_import)
    facts = taking_back.take_back(answer_import=done, by=request.user)
    left = f" {facts.kept} är kodade och står kvar." if facts.kept else ""
    messages.success(request, f"{facts.removable} svar är borttagna.{left}")
    return redirect("coordinate:import-done", slug, pk, done.pk)


def _import_of(survey: Survey, key: UUID) -> AnswerImport:
    return get_object_or_404(survey.imports.select_related("by", "survey", "taken_back_by"), pk=key)
