"""Commitments of a body, for the people who belong to it: reading the request, replying, leaving."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from actors.permissions.lookups import SignedInRequest
from actors.rules.mandates import MandateScope
from dialogue.activities import commitment_reply, commitments
from dialogue.activities.forms.commitments import CommitmentReplyForm
from dialogue.activities.forms.reason import ReasonForm
from dialogue.models import Commitment
from dialogue.permissions.deciders import waiting_mandate
from ostberga.lib.web.htmx import render_page

COMMITMENTS = MandateScope.COMMITMENTS
ANSWERED = (
    "replied_by",
    "left_by",
    "mandate__confirmed_by",
    "mandate__registry_change__proposed_by",
    "registry_change__proposed_by",
)
WHY = "Varför lämnar ni?"
RELATED = ("activity__dialogue__collaboration", "activity__issue", "activity__decision", "organisation", "asked_by")


def commitment(request: SignedInRequest, pk: int) -> HttpResponse:
    """The request and the form for the reply."""
    asked = _commitment_of(request, pk)
    form = CommitmentReplyForm(request.POST if request.method == "POST" else None, has_account=True)
    if not form.is_valid():
        return _show(request, asked, form, ReasonForm(label=WHY))
    commitment_reply.record_reply(commitment=asked, typed=form.cleaned_data, by=request.user)
    messages.success(request, f"Tack! Ni har {asked.get_reply_display()}. Samordnaren får veta det nu.")
    return redirect("commitment", pk)


@require_POST
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave a commitment that the body accepted."""
    asked = _commitment_of(request, pk)
    form = ReasonForm(request.POST, label=WHY)
    if not form.is_valid():
        return _show(request, asked, CommitmentReplyForm(has_account=True), form)
    commitments.leave(commitment=asked, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, "Ni har lämnat åtagandet. Samordnaren får veta det nu.")
    return redirect("commitment", pk)


def _commitment_of(request: SignedInRequest, pk: int) -> Commitment:
    """A commitment of a body that the user belongs to; 404 for everybody else."""
    mine = Commitment.objects.of_bodies_of(request.user).select_related(*RELATED, *ANSWERED)
    return get_object_or_404(mine, pk=pk)


def _show(request: SignedInRequest, asked: Commitment, form: CommitmentReplyForm, leaving: ReasonForm) -> HttpResponse:
    may_answer = Commitment.objects.answerable_by(request.user).filter(pk=asked.pk).exists()
    waiting = waiting_mandate(request.user, asked.organisation, asked.activity.dialogue.collaboration, COMMITMENTS)
    shown = {"form": form, "leaving": leaving, "may_answer": may_answer, "waiting": waiting}
    context = commitment_context(asked) | shown
    wrong = form.is_bound or leaving.is_bound
    return render_page(request, "dialogue/activities/commitment.html", context, status=422 if wrong else 200)


def commitment_context(asked: Commitment) -> dict[str, object]:
    """Template context about a commitment: its activity and the other bodies that take part."""
    others = asked.activity.commitments.accepted().exclude(pk=asked.pk).select_related("organisation")
    collaboration = asked.activity.dialogue.collaboration
    return {"commitment": asked, "activity": asked.activity, "others": others, "collaboration": collaboration}
