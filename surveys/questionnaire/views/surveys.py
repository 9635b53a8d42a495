"""The coordinator's pages for forms: list, overview, texts, preview, archive. A form is made in a dialogue's room."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest, prepared_collaboration_of
from ostberga.lib.translations.languages import LANGUAGES, NATIVE_NAMES, SOURCE, SWEDISH_NAMES, missing_languages
from ostberga.lib.web.htmx import render_page
from surveys.fielding import wave_planning
from surveys.fielding.code_lookup import CodeTarget
from surveys.models import Survey, Wave
from surveys.permissions.lookups import prepared_survey_of
from surveys.questionnaire import survey_definition, survey_editing
from surveys.questionnaire.answer_form import SurveyAnswerForm
from surveys.questionnaire.forms import SurveyTextsForm


@require_safe
def surveys(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the forms with their latest waves."""
    collaboration = prepared_collaboration_of(request, slug)
    archived = request.GET.get("visa") == "arkiverade"
    waves = Prefetch("waves", Wave.objects.order_by("-number"), to_attr="all_waves")
    surveys = collaboration.surveys.filter(archived_at__isnull=not archived)
    surveys = surveys.select_related("guiding_question").prefetch_related(waves)
    context = {"collaboration": collaboration, "surveys": surveys, "archived": archived}
    return render_page(request, "surveys/questionnaire/surveys.html", context)


@require_safe
def survey(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Overview of a form: questions, waves, channels and change log."""
    survey = prepared_survey_of(request, slug, pk)
    waves = list(survey.waves.order_by("-number"))
    counted = wave_planning.count_by_wave(waves)
    context = {
        "collaboration": survey.collaboration,
        "survey": survey,
        "questions": survey.questions.current(),
        "waves": [(wave, *counted[wave.pk]) for wave in waves],
        "channels": survey.channels.all(),
        "events": survey.events.select_related("by", "wave")[:10],
        "untranslated": _untranslated(survey),
        "languages": [(code, SWEDISH_NAMES[code]) for code in survey.languages],
    }
    return render_page(request, "surveys/questionnaire/survey.html", context)


def _untranslated(survey: Survey) -> list[str]:
    """Return the names of the form's languages in which some text is missing."""
    parts = [survey.title, survey.guiding_question.text if survey.guiding_question else {}]
    parts += [text for text in (survey.introduction, survey.thanks) if text]
    for question in survey.questions.current():
        parts += [question.text, *([question.help] if question.help else [])]
        parts += [option["text"] for option in question.options]
    missing = {code for text in parts for code in missing_languages(text)}
    return [SWEDISH_NAMES[code] for code in LANGUAGES if code in missing and code in survey.languages]


@transaction.atomic
def survey_texts(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Edit the guiding question, title, introduction and thanks in all languages."""
    survey = prepared_survey_of(request, slug, pk)
    form = SurveyTextsForm.for_survey(survey, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {
            "collaboration": survey.collaboration,
            "survey": survey,
            "form": form,
            "shared": _shared_with(survey),
        }
        status = 422 if request.method == "POST" else 200
        return render_page(request, "surveys/questionnaire/survey_texts.html", context, status=status)
    survey_editing.change_texts(survey=survey, by=request.user, **form.values)
    messages.success(request, "Sparat. Så ser formuläret ut för den som svarar nu.")
    return redirect("coordinate:survey", slug, pk)


def _shared_with(survey: Survey) -> str:
    """Return the titles of the other forms with the same guiding question."""
    same = Survey.objects.filter(guiding_question=survey.guiding_question_id).exclude(pk=survey.pk)
    return ", ".join(str(other) for other in same) if survey.guiding_question_id else ""


@require_safe
def preview(request: SignedInRequest, slug: str, pk: int, language: str) -> HttpResponse:
    """Preview the form exactly as a resident sees it in a language; it cannot be submitted."""
    survey = prepared_survey_of(request, slug, pk)
    if language not in survey.languages and language != SOURCE:
        raise Http404
    with translation.override(language):
        context = {
            "code_target": CodeTarget(survey.channels.get(is_web=True), survey, None),
            "form": SurveyAnswerForm(survey_definition.load_definition(survey), language=language),
            "language_links": _preview_links(slug, survey, language),
        }
        return render_page(request, "surveys/questionnaire/preview.html", context)


def _preview_links(slug: str, survey: Survey, current: str) -> list[dict[str, object]]:
    """Return language links to the previews instead of to the public form."""
    return [
        {
            "code": code,
            "name": NATIVE_NAMES[code],
            "url": reverse("coordinate:preview", args=[slug, survey.pk, code]),
            "current": code == current,
        }
        for code in survey.languages
    ]


@require_POST
def archive(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Archive a form, or take it out of the archive."""
    survey = prepared_survey_of(request, slug, pk)
    verb = survey_editing.archive_survey if survey.archived_at is None else survey_editing.unarchive_survey
    verb(survey=survey, by=request.user)
    messages.success(
        request, "Formuläret är arkiverat. Svaren är kvar." if survey.archived_at is None else "Formuläret är tillbaka."
    )
    return redirect("coordinate:surveys", slug)
