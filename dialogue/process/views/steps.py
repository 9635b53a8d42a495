"""The coordinator's page for the periods of the stages in each round."""

from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from actors.permissions.lookups import SignedInRequest
from dialogue.models import Dialogue
from dialogue.permissions.lookups import prepared_dialogue_of
from dialogue.process import planning, steps_overview
from dialogue.process.forms.steps import StepForm, step_forms
from ostberga.lib.web.htmx import render_page


@transaction.atomic
def round_steps(request: SignedInRequest, slug: str, pk: int, number: int = 0) -> HttpResponse:
    """Edit the stages of a round, the latest by default; at most one round after the latest."""
    dialogue = prepared_dialogue_of(request, slug, pk)
    latest = planning.latest_round(dialogue)
    number = number or max(latest, 1)
    if number > latest + 1:
        raise Http404
    forms = step_forms(dialogue, number, request.POST or None)
    if request.method != "POST" or not _all_valid(forms):
        return _show(request, dialogue, forms, number, latest)
    plans = {form.stage: form.plan for form in forms}
    planning.plan_round(dialogue=dialogue, number=number, steps=plans, by=request.user)
    messages.success(request, "Sparat. Trappan på dialogens sida visar de nya tiderna.")
    return redirect("coordinate:steps-round", slug, pk, number)


def _all_valid(forms: Sequence[StepForm]) -> bool:
    """Validate every form, so that each shows its own errors."""
    return not [form for form in forms if not form.is_valid()]


def _show(
    request: SignedInRequest, dialogue: Dialogue, forms: Sequence[StepForm], number: int, latest: int
) -> HttpResponse:
    context = {
        "collaboration": dialogue.collaboration,
        "dialogue": dialogue,
        "forms": forms,
        "number": number,
        "rounds": range(1, max(latest, number) + 1),
        "next_round": latest + 1 if 0 < latest == number else None,
        "stairs": steps_overview.stairs(dialogue),
    }
    return render_page(request, "dialogue/process/steps.html", context, status=422 if request.method == "POST" else 200)
