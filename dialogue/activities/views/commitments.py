"""What a body was asked to take on, for those who belong to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from actors.permissions.lookups import SignedInRequest
from dialogue.activities import commitment_reply, commitments
from dialogue.activities.forms.commitments import CommitmentReplyForm
from dialogue.activities.forms.reason import ReasonForm
from dialogue.models import Commitment
from ostberga.lib.web.htmx import render_page

WHY = "Varför lämnar ni?"
RELATED = ("activity__dialogue__collaboration", "activity__issue", "activity__decision", "organisation", "asked_by")


def commitment(request: SignedInRequest, pk: int) -> HttpResponse:
    """The question and our answer."""
    found = _commitment_of(request, pk)
    form = CommitmentReplyForm(request.POST if request.method == "POST" else None, has_account=True)
    if not form.is_valid():
        return _show(request, found, form, ReasonForm(label=WHY))
    commitment_reply.record_reply(commitment=found, said=form.cleaned_data, by=request.user)
    messages.success(request, f"Tack! Ni har {found.get_reply_display()}. Samordnaren får veta det nu.")
    return redirect("commitment", pk)


@require_POST
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """We can not keep what we promised."""
    found = _commitment_of(request, pk)
    form = ReasonForm(request.POST, label=WHY)
    if not form.is_valid():
        return _show(request, found, CommitmentReplyForm(has_account=True), form)
    commitments.leave(commitment=found, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, "Ni har lämnat åtagandet. Samordnaren får veta det nu.")
    return redirect("commitment", pk)


def _commitment_of(request: SignedInRequest, pk: int) -> Commitment:
    """What a body of hers was asked. For all others it does not exist."""
    mine = Commitment.objects.of_bodies_of(request.user).select_related(*RELATED, "replied_by", "left_by")
    return get_object_or_404(mine, pk=pk)


def _show(request: SignedInRequest, found: Commitment, form: CommitmentReplyForm, leaving: ReasonForm) -> HttpResponse:
    shown = commitment_context(found) | {"form": form, "leaving": leaving}
    wrong = form.is_bound or leaving.is_bound
    return render_page(request, "dialogue/activities/commitment.html", shown, status=422 if wrong else 200)


def commitment_context(found: Commitment) -> dict[str, object]:
    """What the question is about: the activity, who else takes part, and the decision it rests on."""
    others = found.activity.commitments.accepted().exclude(pk=found.pk).select_related("organisation")
    collaboration = found.activity.dialogue.collaboration
    return {"commitment": found, "activity": found.activity, "others": others, "collaboration": collaboration}
