"""The coordinator's week, and her dialogues."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.models import Dialogue
from dialogue.permissions.lookups import dialogue_of
from dialogue.process import planning
from dialogue.process.forms.dialogue import DialogueForm, NewDialogueForm
from dialogue.process.forms.starting import DialogueStartForm, ThresholdsForm
from dialogue.staircase import gate_facts, missing_rows
from ostberga.lib.web.htmx import render_page
from surveys.questionnaire import survey_editing


@require_safe
def dialogues(request: SignedInRequest, slug: str) -> HttpResponse:
    """The dialogue that goes on, those being prepared, and earlier ones."""
    collaboration = collaboration_of(request, slug)
    found = list(collaboration.dialogues.select_related("collaboration", "guiding_question"))
    shown = {
        "collaboration": collaboration,
        "current": next((one for one in found if one.is_current), None),
        "prepared": [one for one in found if one.is_prepared],
        "earlier": [one for one in found if one.ended_on],
    }
    return render_page(request, "dialogue/process/dialogues.html", shown)


def dialogue_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin a new dialogue."""
    collaboration = collaboration_of(request, slug)
    form = NewDialogueForm(collaboration, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        shown = {"collaboration": collaboration, "form": form}
        return render_page(request, "dialogue/process/dialogue_new.html", shown, status=422 if form.is_bound else 200)
    asked = form.cleaned_data["guiding_question"] or survey_editing.get_or_create_guiding_question(
        collaboration=collaboration, swedish=form.cleaned_data["new_question"]
    )
    title = form.texts_of("title")
    made = planning.create_dialogue(collaboration=collaboration, title=title, guiding_question=asked, by=request.user)
    messages.success(request, "Dialogen finns nu. Skriv vad som kan påverkas, och planera trappan.")
    return redirect("coordinate:dialogue", slug, made.pk)


def dialogue(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What a dialogue says about itself, in each language."""
    found = dialogue_of(request, slug, pk)
    form = DialogueForm(found, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        events = found.events.select_related("by", "issue")[:12]
        shown = {"collaboration": found.collaboration, "dialogue": found, "form": form, "events": events}
        return render_page(request, "dialogue/process/dialogue.html", shown, status=422 if form.is_bound else 200)
    asked, surveys = form.texts_of("question"), form.cleaned_data["surveys"]
    found.describe(by=request.user, surveys=surveys, question=asked, texts=form.said)
    messages.success(request, "Sparat. Så ser dialogens sida ut nu.")
    return redirect("coordinate:dialogue", slug, pk)


def dialogue_make_current(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What a prepared dialogue lacks; then it begins, and the one before it ends."""
    found = dialogue_of(request, slug, pk)
    missing = gate_facts.missing_to_start(found)
    form = DialogueStartForm(missing, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        current = found.collaboration.dialogues.current().first()
        shown = {"missing": missing, "checks": missing_rows.rows_before_start(found, missing), "current": current}
        return _dialogue_page(request, "dialogue/process/dialogue_start.html", found, form, shown)
    reason = form.cleaned_data.get("reason", "")
    planning.start_dialogue(dialogue=found, by=request.user, reason=reason, despite=form.accepted)
    messages.success(request, f"{found} är nu den dialog som pågår.")
    return redirect("coordinate:dialogues", slug)


def thresholds(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What the dialogue asks of its issues before they climb."""
    found = dialogue_of(request, slug, pk)
    form = ThresholdsForm(request.POST or None, instance=found)
    if request.method != "POST" or not form.is_valid():
        return _dialogue_page(request, "dialogue/process/thresholds.html", found, form, {})
    planning.set_thresholds(dialogue=found, limits=form.cleaned_data, by=request.user)
    messages.success(request, "Sparat. Spärrarna gäller alla frågor i dialogen från och med nu.")
    return redirect("coordinate:dialogue", slug, pk)


def _dialogue_page(
    request: SignedInRequest, template: str, dialogue: Dialogue, form: BaseForm, more: dict[str, Any]
) -> HttpResponse:
    shown = {"collaboration": dialogue.collaboration, "dialogue": dialogue, "form": form, **more}
    return render_page(request, template, shown, status=422 if form.is_bound else 200)
