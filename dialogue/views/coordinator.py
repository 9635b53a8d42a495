"""The coordinator's week, and her dialogues."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from actors.views.workshop import SignedInRequest, collaboration_of
from dialogue import planning, week
from dialogue.forms.dialogue import DialogueForm, NewDialogueForm
from dialogue.views.workshop import dialogue_of
from ostberga.lib.htmx import render_page
from surveys import building


@require_safe
def home(request: SignedInRequest, slug: str) -> HttpResponse:
    """My week: all that waits for me, on one page."""
    collaboration = collaboration_of(request, slug)
    shown = {
        "collaboration": collaboration,
        "week": week.of(collaboration),
        "dialogue": collaboration.dialogues.current().first(),
    }
    return render_page(request, "dialogue/home.html", shown)


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
    return render_page(request, "dialogue/dialogues.html", shown)


def dialogue_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin a new dialogue."""
    collaboration = collaboration_of(request, slug)
    form = NewDialogueForm(collaboration, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        shown = {"collaboration": collaboration, "form": form}
        return render_page(request, "dialogue/dialogue_new.html", shown, status=422 if form.is_bound else 200)
    asked = form.cleaned_data["guiding_question"] or building.guiding_question(
        collaboration=collaboration, swedish=form.cleaned_data["new_question"]
    )
    title = form.texts_of("title")
    made = planning.begin(collaboration=collaboration, title=title, guiding_question=asked, by=request.user)
    messages.success(request, "Dialogen finns nu. Skriv vad som kan påverkas, och planera trappan.")
    return redirect("coordinate:dialogue", slug, made.pk)


def dialogue(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What a dialogue says about itself, in each language."""
    found = dialogue_of(request, slug, pk)
    form = DialogueForm(found, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        events = found.events.select_related("by", "issue")[:12]
        shown = {"collaboration": found.collaboration, "dialogue": found, "form": form, "events": events}
        return render_page(request, "dialogue/dialogue.html", shown, status=422 if form.is_bound else 200)
    asked, surveys = form.texts_of("question"), form.cleaned_data["surveys"]
    found.describe(by=request.user, surveys=surveys, question=asked, texts=form.said)
    messages.success(request, "Sparat. Så ser dialogens sida ut nu.")
    return redirect("coordinate:dialogue", slug, pk)


@require_POST
def dialogue_make_current(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Let a prepared dialogue begin; the one before it ends."""
    found = dialogue_of(request, slug, pk)
    found.make_current(by=request.user)
    messages.success(request, f"{found} är nu den dialog som pågår.")
    return redirect("coordinate:dialogues", slug)
