"""Pages where a body hands its question over to another, and where that one takes it or sends it back."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from actors.permissions.lookups import SignedInRequest
from dialogue.decisions import passing_on, transfers
from dialogue.decisions.forms.transfers import HandToBodyForm, LinkAnswerForm
from dialogue.models import PartDecision, QuestionTransfer
from dialogue.permissions.lookups import decision_of, form_page

RELATED = ("organisation", "decision__dialogue__collaboration")
NOT_OURS = "Varför är frågan inte er?"


def hand_to_body(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand a question of her body over to another body."""
    part = _part_of(request, pk)
    form = HandToBodyForm(request.POST or None, part=part)
    if not form.is_valid():
        return _show(request, "dialogue/decisions/part_transfer.html", part, form=form)
    passing_on.hand_to_body(part=part, by=request.user, **form.cleaned_data)
    messages.success(request, f"{form.cleaned_data['to']} har fått frågan och svarar om den tar emot den.")
    return redirect("desk")


def answer_transfer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a question that came from another body, or send it back."""
    part = _part_of(request, pk)
    transfer = get_object_or_404(part.transfers.waiting().with_words())
    form = LinkAnswerForm(request.POST or None, why=NOT_OURS)
    if not form.is_valid():
        return _show(request, "dialogue/decisions/part_transfer_answer.html", part, form=form, transfer=transfer)
    if form.is_yes:
        transfers.take(part=part, by=request.user)
        messages.success(request, "Frågan är er. De som väntar får veta det.")
        return redirect("part-decision", pk)
    transfers.refuse(part=part, reason=form.cleaned_data["skal"], by=request.user)
    messages.success(request, f"Frågan är tillbaka hos {transfer.sender_name}.")
    return redirect("desk")


@require_POST
def ask_receiver_again(request: SignedInRequest, slug: str, pk: int, part_pk: int) -> HttpResponse:
    """The coordinator sends the receiver's registry a new link."""
    chosen = decision_of(request, slug, pk)
    waiting = QuestionTransfer.objects.waiting().select_related("part__decision", "receiver", "sender")
    transfer = get_object_or_404(waiting, part__decision=chosen, part=part_pk)
    transfers.ask_again(transfer=transfer, by=request.user)
    messages.success(request, f"Ett nytt brev med en länk har gått till registratorn för {transfer.receiver}.")
    return redirect("coordinate:decision", slug, pk)


def _part_of(request: SignedInRequest, pk: int) -> PartDecision:
    """A part that she may answer for her body now; 404 for everybody else."""
    hers = PartDecision.objects.awaiting(request.user).select_related(*RELATED)
    return get_object_or_404(hers.distinct(), pk=pk)


def _show(request: SignedInRequest, template: str, part: PartDecision, *, form: Form, **more: object) -> HttpResponse:
    collaboration = part.decision.dialogue.collaboration
    return form_page(request, template, collaboration, form, part=part, decision=part.decision, **more)
