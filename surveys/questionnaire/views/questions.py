"""The coordinator's pages for the questions of a form: order, texts and versions."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from ostberga.lib.web.htmx import render_page
from surveys.models import Answer, Question, Survey
from surveys.permissions.lookups import prepared_survey_of, question_of
from surveys.questionnaire import survey_editing
from surveys.questionnaire.forms import CHOOSING, OptionFormSet, SurveyQuestionForm, build_option_formset
from surveys.rules.standard_questions import BACKGROUND_QUESTIONS


@require_safe
def questions(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """List the questions of a form in order."""
    survey = prepared_survey_of(request, slug, pk)
    asked = list(survey.questions.current().annotate(locked=Exists(Answer.objects.filter(question=OuterRef("pk")))))
    used_backgrounds = {question.background for question in asked}
    context = {
        "collaboration": survey.collaboration,
        "survey": survey,
        "questions": asked,
        "standard": [question for key, question in BACKGROUND_QUESTIONS.items() if key not in used_backgrounds],
        "retired": survey.questions.filter(retired_at__isnull=False, replaced_by__isnull=True).annotate(
            answered=Count("answers")
        ),
    }
    return render_page(request, "surveys/questionnaire/questions.html", context)


def question_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Add a question."""
    survey = prepared_survey_of(request, slug, pk)
    form, rows = SurveyQuestionForm(request.POST or None), _rows(request)
    if not _is_ready_to_save(request, form, rows):
        return _show(request, survey, form, rows)
    survey_editing.add_question(survey=survey, by=request.user, wording=form.wording(rows.chosen()))
    messages.success(request, "Frågan är med i formuläret.")
    return redirect("coordinate:questions", slug, pk)


@transaction.atomic
def question(request: SignedInRequest, slug: str, pk: int, question: int) -> HttpResponse:
    """Change a question. If it has answers the page warns that a new version will be created."""
    asked = prepared_survey_of(request, slug, pk).questions.current()
    survey_question = get_object_or_404(asked, pk=question, background="")
    rows = _rows(request, survey_question)
    form = SurveyQuestionForm.for_question(survey_question, request.POST or None, _comparable(request, rows))
    if not _is_ready_to_save(request, form, rows):
        return _show(request, prepared_survey_of(request, slug, pk), form, rows, survey_question)
    saved = survey_editing.change_question(
        question=survey_question, by=request.user, wording=form.wording(rows.chosen())
    )
    messages.success(
        request,
        "Sparat." if saved.pk == survey_question.pk else f"Version {saved.version} av frågan ställs från och med nu.",
    )
    return redirect("coordinate:questions", slug, pk)


def _rows(request: SignedInRequest, question: Question | None = None) -> OptionFormSet:
    offered = question.options if question is not None and question.kind in CHOOSING else None
    return build_option_formset(
        offered, request.POST if request.method == "POST" else None, "more_rows" in request.POST
    )


def _comparable(request: SignedInRequest, rows: OptionFormSet) -> OptionFormSet | None:
    """The rows, unless the form was only submitted to get more of them."""
    return None if "more_rows" in request.POST else rows


def _is_ready_to_save(request: SignedInRequest, form: SurveyQuestionForm, rows: OptionFormSet) -> bool:
    """Whether the form was submitted to be saved (not to get more rows) and is valid."""
    if request.method != "POST" or "more_rows" in request.POST:
        return False
    valid = form.is_valid()
    if not rows.is_valid() or not valid:
        return False
    if form.cleaned_data["kind"] in CHOOSING and len(rows.chosen()) < 2:
        form.add_error("kind", "Skriv minst två svarsval att välja mellan.")
    return form.is_valid()


def _show(
    request: SignedInRequest,
    survey: Survey,
    form: SurveyQuestionForm,
    rows: OptionFormSet,
    question: Question | None = None,
) -> HttpResponse:
    context = _context(survey, question) | {"form": form, "rows": form.rows_to_show(rows)}
    refused = request.method == "POST" and "more_rows" not in request.POST
    return render_page(request, "surveys/questionnaire/question.html", context, status=422 if refused else 200)


def _context(survey: Survey, question: Question | None) -> dict[str, Any]:
    return {
        "collaboration": survey.collaboration,
        "survey": survey,
        "question": question,
        "answered": question.answers.count() if question else 0,
    }


@require_POST
def background(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Add a standard background question."""
    survey = prepared_survey_of(request, slug, pk)
    key = request.POST.get("key", "")
    if key in BACKGROUND_QUESTIONS:
        survey_editing.add_background(survey=survey, by=request.user, key=key)
        messages.success(request, "Bakgrundsfrågan är med. Den är alltid frivillig.")
    return redirect("coordinate:questions", slug, pk)


@require_POST
def move(request: SignedInRequest, slug: str, pk: int, question: int) -> HttpResponse:
    """Move a question one step up or down."""
    survey_question = question_of(request, slug, pk, question)
    up = request.POST.get("dit") == "upp"
    survey_editing.move_question(question=survey_question, by=request.user, steps=-1 if up else 1)
    messages.success(request, f"«{survey_question}» flyttades {'upp' if up else 'ner'}.")
    return redirect("coordinate:questions", slug, pk)


@require_POST
def retire(request: SignedInRequest, slug: str, pk: int, question: int) -> HttpResponse:
    """Retire a question."""
    survey_question = question_of(request, slug, pk, question)
    survey_editing.retire_question(question=survey_question, by=request.user)
    messages.success(request, f"«{survey_question}» ställs inte längre. Du kan ta tillbaka den längst ner på sidan.")
    return redirect("coordinate:questions", slug, pk)


@require_POST
def restore(request: SignedInRequest, slug: str, pk: int, question: int) -> HttpResponse:
    """Restore a retired question."""
    survey_question = question_of(request, slug, pk, question)
    survey_editing.restore_question(question=survey_question, by=request.user)
    messages.success(request, f"«{survey_question}» ställs igen, sist i formuläret.")
    return redirect("coordinate:questions", slug, pk)
