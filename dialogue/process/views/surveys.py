"""The coordinator makes a form, in one of the dialogues that go on or are being prepared."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest, prepared_collaboration_of
from dialogue.models import Dialogue
from dialogue.permissions.choosing import ask_which, chosen_dialogue
from dialogue.process import dialogue_surveys
from ostberga.lib.web.htmx import render_page
from surveys.models import Survey
from surveys.questionnaire import survey_editing
from surveys.questionnaire.forms import NewSurveyForm


def survey_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Create a form from a template. Before there is any dialogue it belongs to none."""
    collaboration = prepared_collaboration_of(request, slug)
    dialogues = list(collaboration.dialogues.not_ended().select_related("collaboration", "guiding_question"))
    dialogue = chosen_dialogue(request, dialogues)
    if dialogue is None and dialogues:
        return ask_which(request, collaboration, dialogues)
    form = NewSurveyForm(request.POST or None, initial={"guiding_question": _first_question(collaboration, dialogue)})
    if request.method != "POST" or not form.is_valid():
        context = {"collaboration": collaboration, "dialogue": dialogue, "form": form}
        status = 422 if request.method == "POST" else 200
        return render_page(request, "dialogue/process/survey_new.html", context, status=status)
    survey = _create(request, collaboration, dialogue, form)
    messages.success(request, "Formuläret finns nu. Läs igenom det, och öppna en omgång när du vill ha svar.")
    return redirect("coordinate:survey", slug, survey.pk)


def _create(
    request: SignedInRequest, collaboration: Collaboration, dialogue: Dialogue | None, form: NewSurveyForm
) -> Survey:
    template, title, question = form.survey_template, form.titles, form.cleaned_data["guiding_question"]
    if dialogue:
        return dialogue_surveys.create_survey_in_dialogue(
            dialogue=dialogue, by=request.user, template=template, title=title, question=question
        )
    guiding = survey_editing.get_or_create_guiding_question(collaboration=collaboration, swedish=question)
    return survey_editing.create_survey(
        collaboration=collaboration, by=request.user, template=template, title=title, guiding_question=guiding
    )


def _first_question(collaboration: Collaboration, dialogue: Dialogue | None) -> str:
    """The dialogue's question; without one the latest of the collaboration."""
    last = dialogue.guiding_question if dialogue else collaboration.guiding_questions.order_by("-pk").first()
    return str(last or "")
