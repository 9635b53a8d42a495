"""The coordinator's pages about dialogues: the list, creating, texts, starting, ending and thresholds."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from actors.models import Collaboration, User
from actors.permissions.lookups import SignedInRequest, prepared_collaboration_of
from dialogue.models import Dialogue
from dialogue.permissions.lookups import dialogue_of, prepared_dialogue_of
from dialogue.process import ending, planning
from dialogue.process.earlier_here import list_earlier_here
from dialogue.process.forms.dialogue import DialogueForm, NewDialogueForm
from dialogue.process.forms.starting import DialogueStartForm, ThresholdsForm
from dialogue.staircase import gate_facts, missing_rows
from ostberga.lib.web.htmx import render_page
from surveys.questionnaire import survey_editing


@require_safe
def dialogue_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the dialogues that go on, those being prepared, and earlier ones."""
    collaboration = prepared_collaboration_of(request, slug)
    every_dialogue = list(collaboration.dialogues.select_related("collaboration", "guiding_question").order_by("pk"))
    context = {
        "collaboration": collaboration,
        "running": [dialogue for dialogue in every_dialogue if dialogue.is_current],
        "prepared": [dialogue for dialogue in every_dialogue if dialogue.is_prepared],
        "earlier": [dialogue for dialogue in reversed(every_dialogue) if dialogue.ended_on],
    }
    return render_page(request, "dialogue/process/dialogues.html", context)


def dialogue_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Create a dialogue with the stages of a template, seen only by the coordinator until it is started."""
    collaboration = prepared_collaboration_of(request, slug)
    form = NewDialogueForm(collaboration, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"collaboration": collaboration, "form": form, "earlier": list_earlier_here(collaboration)}
        return render_page(request, "dialogue/process/dialogue_new.html", context, status=422 if form.is_bound else 200)
    dialogue = _create(collaboration, form, request.user)
    messages.success(request, "Dialogen finns nu. Skriv vad som kan påverkas, se över stegen och planera trappan.")
    return redirect("coordinate:dialogue", slug, dialogue.pk)


def _create(collaboration: Collaboration, form: NewDialogueForm, by: User) -> Dialogue:
    typed = form.cleaned_data
    question = typed["guiding_question"] or survey_editing.get_or_create_guiding_question(
        collaboration=collaboration, swedish=typed["new_question"]
    )
    title = form.texts_of("title")
    return planning.create_dialogue(
        collaboration=collaboration, title=title, guiding_question=question, by=by, template=typed["template"]
    )


@transaction.atomic
def dialogue_detail(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Edit the texts of a dialogue in each language."""
    dialogue = prepared_dialogue_of(request, slug, pk)
    form = DialogueForm(dialogue, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        events = dialogue.events.select_related("by", "issue")[:12]
        earlier = list_earlier_here(dialogue.collaboration) if dialogue.is_prepared else []
        return _dialogue_page(
            request, "dialogue/process/dialogue.html", dialogue, form, {"events": events, "earlier": earlier}
        )
    question, surveys = form.texts_of("question"), form.cleaned_data["surveys"]
    dialogue.describe(by=request.user, surveys=surveys, question=question, texts=form.dialogue_texts)
    messages.success(request, "Sparat.")
    return redirect("coordinate:dialogue", slug, pk)


def dialogue_make_current(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show what a prepared dialogue lacks, and begin it beside those that go on."""
    dialogue = dialogue_of(request, slug, pk)
    missing = gate_facts.missing_to_start(dialogue)
    form = DialogueStartForm(missing, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        beside = dialogue.collaboration.dialogues.current().order_by("pk")
        more = {"missing": missing, "checklist": missing_rows.rows_before_start(dialogue, missing), "beside": beside}
        return _dialogue_page(request, "dialogue/process/dialogue_start.html", dialogue, form, more)
    reason = form.cleaned_data.get("reason", "")
    planning.start_dialogue(dialogue=dialogue, by=request.user, reason=reason, despite=form.accepted)
    messages.success(request, f"{dialogue} pågår nu.")
    return redirect("coordinate:dialogues", slug)


def dialogue_end(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Tell what is not finished in a dialogue, and end it."""
    dialogue = dialogue_of(request, slug, pk)
    if request.method != "POST":
        context = {"collaboration": dialogue.collaboration, "dialogue": dialogue, "left": ending.what_is_left(dialogue)}
        return render_page(request, "dialogue/process/dialogue_end.html", context)
    dialogue.end(by=request.user)
    messages.success(request, f"{dialogue} är avslutad. Den går att läsa bland tidigare dialoger.")
    return redirect("coordinate:dialogues", slug)


@transaction.atomic
def thresholds(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Edit what the dialogue requires of its issues before they move to the next step."""
    dialogue = prepared_dialogue_of(request, slug, pk)
    form = ThresholdsForm(request.POST or None, instance=dialogue)
    if request.method != "POST" or not form.is_valid():
        return _dialogue_page(request, "dialogue/process/thresholds.html", dialogue, form, {})
    planning.set_thresholds(dialogue=dialogue, limits=form.cleaned_data, by=request.user)
    messages.success(request, "Sparat. Spärrarna gäller alla frågor i dialogen från och med nu.")
    return redirect("coordinate:dialogue", slug, pk)


def _dialogue_page(
    request: SignedInRequest, template: str, dialogue: Dialogue, form: BaseForm, more: dict[str, Any]
) -> HttpResponse:
    context = {"collaboration": dialogue.collaboration, "dialogue": dialogue, "form": form, **more}
    return render_page(request, template, context, status=422 if form.is_bound else 200)
