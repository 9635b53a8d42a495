"""The coordinator's page for the stages of a dialogue, and the steps that each of them shows."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from actors.permissions.lookups import SignedInRequest
from dialogue.permissions.lookups import prepared_dialogue_of
from dialogue.process import stages
from dialogue.process.forms.stages import StageForms
from ostberga.lib.web.htmx import render_page


@transaction.atomic
def stages_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Rename, move, add and leave out stages, and choose the gate of each."""
    dialogue = prepared_dialogue_of(request, slug, pk)
    forms = StageForms(dialogue, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not forms.is_valid():
        mapping = stages.list_stages_with_steps(dialogue)
        context = {"collaboration": dialogue.collaboration, "dialogue": dialogue, "forms": forms, "mapping": mapping}
        status = 422 if request.method == "POST" else 200
        return render_page(request, "dialogue/process/stages.html", context, status=status)
    stages.change_stages(dialogue=dialogue, stages=forms.plans, by=request.user)
    messages.success(request, "Sparat. Så visas stegen nu, på dialogens sida och vid varje fråga.")
    return redirect("coordinate:stages", slug, pk)
