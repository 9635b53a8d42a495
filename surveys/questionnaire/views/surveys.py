"""The coordinator's forms: the list, a new one, and what stands around the questions."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.translations.languages import LANGUAGES, NATIVE_NAMES, SOURCE, SWEDISH_NAMES, missing_languages
from ostberga.lib.web.htmx import render_page
from surveys.fielding import wave_planning
from surveys.fielding.code_lookup import CodeTarget
from surveys.models import GuidingQuestion, Survey, Wave
from surveys.permissions.lookups import survey_of
from surveys.questionnaire import survey_definition, survey_editing
from surveys.questionnaire.answer_form import SurveyAnswerForm
from surveys.questionnaire.forms import NewSurveyForm, SurveyTextsForm


@require_safe
def surveys(request: SignedInRequest, slug: str) -> HttpResponse:
    """All forms, with the wave that is open."""
    collaboration = collaboration_of(request, slug)
    archived = request.GET.get("visa") == "arkiverade"
    waves = Prefetch("waves", Wave.objects.order_by("-number"), to_attr="all_waves")
    found = collaboration.surveys.filter(archived_at__isnull=not archived)
    found = found.select_related("guiding_question").prefetch_related(waves)
    shown = {"collaboration": collaboration, "surveys": found, "archived": archived}
    return render_page(request, "surveys/questionnaire/surveys.html", shown)


def survey_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose what to start from."""
    collaboration = collaboration_of(request, slug)
    form = NewSurveyForm(request.POST or None, initial={"guiding_question": _asked_before(collaboration.pk)})
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render_page(
            request,
            "surveys/questionnaire/survey_new.html",
            {"collaboration": collaboration, "form": form},
            status=status,
        )
    typed = form.cleaned_data["guiding_question"]
    guiding = survey_editing.get_or_create_guiding_question(collaboration=collaboration, swedish=typed)
    made = survey_editing.create_survey(
        collaboration=collaboration, by=request.user, start=form.start, title=form.titles, guiding_question=guiding
    )
    messages.success(request, "Formuläret finns nu. Läs igenom det, och öppna en omgång när du vill ha svar.")
    return redirect("coordinate:survey", slug, made.pk)


def _asked_before(collaboration: int) -> str:
    last = GuidingQuestion.objects.filter(collaboration=collaboration).order_by("-pk").first()
    return str(last or "")


@require_safe
def survey(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A form at a glance: what it asks, its waves, where it is handed out, what was done to it."""
    found = survey_of(request, slug, pk)
    waves = list(found.waves.order_by("-number"))
    counted = wave_planning.count_by_wave(waves)
    shown = {
        "collaboration": found.collaboration,
        "survey": found,
        "questions": found.questions.current(),
        "waves": [(wave, *counted[wave.pk]) for wave in waves],
        "channels": found.channels.all(),
        "events": found.events.select_related("by", "wave")[:10],
        "untranslated": _untranslated(found),
        "languages": [(code, SWEDISH_NAMES[code]) for code in found.languages],
    }
    return render_page(request, "surveys/questionnaire/survey.html", shown)


def _untranslated(survey: Survey) -> list[str]:
    """Languages the form is shown in where some text is missing."""
    parts = [survey.title, survey.guiding_question.text if survey.guiding_question else {}]
    parts += [text for text in (survey.introduction, survey.thanks) if text]
    for question in survey.questions.current():
        parts += [question.text, *([question.help] if question.help else [])]
        parts += [option["text"] for option in question.options]
    missing = {code for text in parts for code in missing_languages(text)}
    return [SWEDISH_NAMES[code] for code in LANGUAGES if code in missing and code in survey.languages]


def survey_texts(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The guiding question, title, introduction and thanks in all languages."""
    found = survey_of(request, slug, pk)
    form = SurveyTextsForm.for_survey(found, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        shown = {"collaboration": found.collaboration, "survey": found, "form": form, "shared": _shared_with(found)}
        return render_page(
            request, "surveys/questionnaire/survey_texts.html", shown, status=422 if request.method == "POST" else 200
        )
    survey_editing.change_texts(survey=found, by=request.user, **form.said)
    messages.success(request, "Sparat. Så ser formuläret ut för den som svarar nu.")
    return redirect("coordinate:survey", slug, pk)


def _shared_with(survey: Survey) -> str:
    """The other forms that ask the same guiding question, by name."""
    same = Survey.objects.filter(guiding_question=survey.guiding_question_id).exclude(pk=survey.pk)
    return ", ".join(str(other) for other in same) if survey.guiding_question_id else ""


@require_safe
def preview(request: SignedInRequest, slug: str, pk: int, language: str) -> HttpResponse:
    """The form exactly as a resident sees it in a language; nothing can be sent from here."""
    found = survey_of(request, slug, pk)
    if language not in found.languages and language != SOURCE:
        raise Http404
    with translation.override(language):
        shown = {
            "entrance": CodeTarget(found.channels.get(is_web=True), found, None),
            "form": SurveyAnswerForm(survey_definition.load_definition(found), language=language),
            "language_links": _previews(slug, found, language),
        }
        return render_page(request, "surveys/questionnaire/preview.html", shown)


def _previews(slug: str, survey: Survey, shown: str) -> list[dict[str, object]]:
    """The languages at the top lead to previews, not to the form itself."""
    return [
        {
            "code": code,
            "name": NATIVE_NAMES[code],
            "url": reverse("coordinate:preview", args=[slug, survey.pk, code]),
            "current": code == shown,
        }
        for code in survey.languages
    ]


@require_POST
def archive(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Hide a form, or take it back when it was hidden."""
    found = survey_of(request, slug, pk)
    verb = survey_editing.archive_survey if found.archived_at is None else survey_editing.unarchive_survey
    verb(survey=found, by=request.user)
    messages.success(
        request, "Formuläret är arkiverat. Svaren är kvar." if found.archived_at is None else "Formuläret är tillbaka."
    )
    return redirect("coordinate:surveys", slug)
