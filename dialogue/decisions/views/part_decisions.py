"""The official's page about a part decision: the question, the forms for an answer, and what it is based on."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from actors.permissions.lookups import SignedInRequest
from dialogue.decisions import answering, decision_basis
from dialogue.decisions.forms.answers import HandOverForm, PartAnswerForm, build_answer_forms
from dialogue.models import PartDecision, QuestionTransfer
from dialogue.permissions.deciders import deciders_of, waiting_mandate
from dialogue.rules.decisions import PartState
from ostberga.lib.web.htmx import render_page

PAGE = "dialogue/decisions/part_decision.html"
ANSWERED = ("answered_by", "mandate__confirmed_by", "mandate__registry_change__proposed_by")
RELATED = ("organisation", "decision__dialogue__collaboration", "decision__requested_by", "held_by", *ANSWERED)


def part_decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is asked, the answer forms and the basis; once answered, the answer."""
    part = _part_of(request, pk)
    forms = build_answer_forms(part, request.POST if request.method == "POST" else None)
    form = next((form for form in forms if form.is_bound), None)
    if form is None or not form.is_valid():
        return _show(request, part, forms)
    if form.answer == PartState.PREPARING:
        answering.prepare(part=part, by=request.user, meets_on=form.facts.meets_on)
        messages.success(request, "Inskrivet. Vi påminner när svaret behövs.")
    else:
        answering.answer(part=part, answer=form.answer, facts=form.facts, by=request.user)
        messages.success(request, "Tack! Svaret är inskrivet, och de som väntade på det får veta.")
    return redirect("part-decision", pk)


@require_POST
def hand_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand the question over to a colleague."""
    part = _part_of(request, pk)
    form = HandOverForm(part, request.user, request.POST)
    if not form.is_valid():
        return _show(request, part, build_answer_forms(part), form)
    answering.hand_over(part=part, to=form.cleaned_data["till"], by=request.user)
    messages.success(request, f"{form.cleaned_data['till']} har fått frågan och ett brev om den.")
    return redirect("part-decision", pk)


def _part_of(request: SignedInRequest, pk: int) -> PartDecision:
    """A part of the user's body or of a collaboration that she coordinates; 404 for everybody else."""
    shown = PartDecision.objects.shown_to(request.user).select_related(*RELATED)
    moved = Prefetch("transfers", QuestionTransfer.objects.with_words())
    return get_object_or_404(shown.prefetch_related(moved).distinct(), pk=pk)


def _show(
    request: SignedInRequest, part: PartDecision, forms: Sequence[PartAnswerForm], hand_over: HandOverForm | None = None
) -> HttpResponse:
    context: dict[str, object] = {
        "part": part,
        "decision": part.decision,
        "collaboration": part.decision.dialogue.collaboration,
        "responders": deciders_of(part),
        "answer_forms": forms,
        "hand_over": hand_over or HandOverForm(part, request.user),
        "basis": decision_basis.build_decision_basis(part),
        "is_typed": request.method == "POST",
    }
    context |= _hers(request, part)
    return render_page(request, PAGE, context, status=422 if request.method == "POST" else 200)


def _hers(request: SignedInRequest, part: PartDecision) -> dict[str, object]:
    """Whether it is her body's, whether she may answer, and her mandate when it waits for the body."""
    collaboration = part.decision.dialogue.collaboration
    return {
        "is_hers": PartDecision.objects.of_bodies_of(request.user).contains(part),
        "may_answer": PartDecision.objects.awaiting(request.user).contains(part),
        "waiting": waiting_mandate(request.user, part.organisation, collaboration, part.scope),
    }
