"""Pages for entering paper forms: choose the batch once, then enter sheet after sheet."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from ostberga.lib.privacy.codes import format_code
from ostberga.lib.web.htmx import render_page
from surveys.collecting import paper_forms
from surveys.collecting.forms.batches import BatchForm
from surveys.models import Survey
from surveys.permissions.lookups import survey_of
from surveys.questionnaire.answer_form import SurveyAnswerForm
from surveys.rules.languages import LANGUAGE_NAMES

LAST = "entry-last"  # session key: receipt code of the last sheet, shown for its slip and needed to undo


@require_safe
def entry(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Choose the batch."""
    request.session.pop(LAST, None)
    survey = survey_of(request, slug, pk)
    return _choose(request, survey, BatchForm(survey))


def _choose(request: SignedInRequest, survey: Survey, form: BatchForm) -> HttpResponse:
    context = {"collaboration": survey.collaboration, "survey": survey, "form": form}
    return render_page(request, "surveys/collecting/entry.html", context, status=422 if form.is_bound else 200)


@never_cache
def sheet(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Enter one sheet; when saved, the next one opens. The batch is in the query string."""
    survey = survey_of(request, slug, pk)
    batch_form = BatchForm(survey, request.GET)
    if not batch_form.is_valid():
        return _choose(request, survey, batch_form)
    form = SurveyAnswerForm(paper_forms.build_sheet(survey), request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, form, survey, batch_form.batch)
    receipt = paper_forms.store_sheet(submission=form.key, answers=form.answers, **batch_form.batch)
    request.session[LAST] = receipt.code
    return redirect(request.get_full_path())


def _show(request: SignedInRequest, form: SurveyAnswerForm, survey: Survey, batch: Mapping[str, Any]) -> HttpResponse:
    context = {
        "collaboration": survey.collaboration,
        "survey": survey,
        "batch": batch,
        "language_name": LANGUAGE_NAMES[batch["language"]],
        "query": request.GET.urlencode(),
        "form": form,
        "questions": [*form.questions, *form.background],
        "last": format_code(request.session.get(LAST, "")),
        "this_week": paper_forms.count_sheets_this_week(batch["wave"]),
    }
    return render_page(
        request, "surveys/collecting/entry_sheet.html", context, status=422 if request.method == "POST" else 200
    )


@require_POST
def undo(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Undo the last sheet."""
    survey = survey_of(request, slug, pk)
    batch_form = BatchForm(survey, request.GET)
    if not batch_form.is_valid():
        return _choose(request, survey, batch_form)
    code = request.session.pop(LAST, "")
    paper_forms.undo_sheet(
        wave=batch_form.batch["wave"], channel=batch_form.batch["channel"], code=code, by=request.user
    )
    messages.success(request, "Det senaste bladet är borttaget. Skriv in det igen.")
    return redirect(f"{reverse('coordinate:entry-sheet', args=[slug, pk])}?{request.GET.urlencode()}")
