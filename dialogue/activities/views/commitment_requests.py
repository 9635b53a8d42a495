"""The coordinator asks bodies for commitments, takes their counter-offers, withdraws requests and notes leavings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from actors.permissions.lookups import SignedInRequest
from dialogue.activities import commitments
from dialogue.activities.forms.activities import CommitmentRequestForm
from dialogue.activities.forms.reason import ReasonForm
from dialogue.permissions.lookups import activity_of, commitment_of, form_page


def commitment_ask(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Ask a body to lead the activity or take part in it."""
    activity = activity_of(request, slug, pk)
    form = CommitmentRequestForm(activity, request.POST or None, initial={"what": activity.description.get("sv", "")})
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request, "dialogue/activities/commitment_ask.html", activity.dialogue.collaboration, form, activity=activity
        )
    commitment = commitments.ask(activity=activity, by=request.user, **form.arguments)
    messages.success(request, f"Frågan är skickad till {commitment.organisation}. Du får ett brev när de svarar.")
    return redirect("coordinate:activity", slug, pk)


@require_POST
def commitment_take(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Accept a counter-offer."""
    commitment = commitment_of(request, slug, pk)
    commitments.accept_counter(commitment=commitment, by=request.user)
    messages.success(request, f"{commitment.organisation} har fått veta att du tar emot motbudet.")
    return redirect("coordinate:activity", slug, commitment.activity_id)


@require_POST
def commitment_withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw a request that is not settled."""
    commitment = commitment_of(request, slug, pk)
    commitments.withdraw(commitment=commitment, by=request.user)
    messages.success(request, f"Frågan till {commitment.organisation} är återtagen.")
    return redirect("coordinate:activity", slug, commitment.activity_id)


def commitment_left(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Note that a body leaves its commitment, when it has nobody with an account to write it."""
    commitment = commitment_of(request, slug, pk)
    form = ReasonForm(request.POST or None, label=f"Varför lämnar {commitment.organisation}?")
    if request.method != "POST" or not form.is_valid():
        more = {"commitment": commitment, "activity": commitment.activity}
        return form_page(
            request,
            "dialogue/activities/commitment_left.html",
            commitment.activity.dialogue.collaboration,
            form,
            **more,
        )
    commitments.leave(commitment=commitment, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, f"{commitment.organisation} har lämnat åtagandet, och skälet syns. Fråga någon annan.")
    return redirect("coordinate:activity", slug, commitment.activity_id)
