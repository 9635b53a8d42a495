"""The page of all public texts, and the texts of one dialogue."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, helped_collaboration_of
from actors.rules.helping import HelperTask
from actors.rules.rights import WRITE_TEXTS
from dialogue.models import Dialogue
from dialogue.permissions.lookups import form_page
from dialogue.public_texts import overview, writing
from dialogue.public_texts.forms import DialogueTextsForm
from ostberga.lib.web.htmx import render_page


@require_safe
def public_texts(request: SignedInRequest, slug: str) -> HttpResponse:
    """What residents read of each dialogue, what it lacks in which language, and what is printed."""
    collaboration = helped_collaboration_of(request, slug, WRITE_TEXTS)
    context = {
        "collaboration": collaboration,
        "dialogues": overview.list_dialogue_texts(collaboration, request.user),
        "forms": overview.list_printed_forms(collaboration, request.user),
        "may": HelperTask.COMMUNICATION.may,
    }
    return render_page(request, "dialogue/public_texts/public_texts.html", context)


@transaction.atomic
def dialogue_texts(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Write the texts of a dialogue in each language."""
    collaboration = helped_collaboration_of(request, slug, WRITE_TEXTS)
    mine = Dialogue.objects.texts_written_by(request.user).filter(collaboration=collaboration, ended_on=None)
    dialogue = get_object_or_404(mine.select_related("collaboration", "guiding_question"), pk=pk)
    form = DialogueTextsForm(dialogue, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/public_texts/dialogue_texts.html", collaboration, form, dialogue=dialogue)
    writing.write_texts(dialogue=dialogue, texts=form.dialogue_texts, by=request.user)
    messages.success(request, "Sparat. Så ser dialogens sida ut nu.")
    return redirect("coordinate:public-texts", slug)
