"""The coordinator asks bodies to lead an activity or take part, and takes what they offer instead."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from actors.permissions.lookups import SignedInRequest
from dialogue.activities import commitments
from dialogue.activities.forms.activities import CommitmentRequestForm
from dialogue.activities.forms.reason import ReasonForm
from dialogue.permissions.lookups import activity_of, commitment_of, form_page
from dialogue.rules.activities import Part


def commitment_ask(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Ask a body; it says yes, no, or «ja, men»."""
    found = activity_of(request, slug, pk)
    form = CommitmentRequestForm(found, request.POST or None, initial={"what": found.description.get("sv", "")})
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request, "dialogue/activities/commitment_ask.html", found.dialogue.collaboration, form, activity=found
        )
    asked = {**form.cleaned_data, "part": Part(form.cleaned_data["part"])}
    made = commitments.ask(activity=found, by=request.user, **asked)
    messages.success(request, f"Frågan är skickad till {made.organisation}. Du får ett brev när de svarar.")
    return redirect("coordinate:activity", slug, pk)


@require_POST
def commitment_take(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Say yes to a counter-offer."""
    found = commitment_of(request, slug, pk)
    commitments.accept_counter(commitment=found, by=request.user)
    messages.success(request, f"{found.organisation} har fått veta att du tar emot motbudet.")
    return redirect("coordinate:activity", slug, found.activity_id)


@require_POST
def commitment_withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take the question back."""
    found = commitment_of(request, slug, pk)
    commitments.withdraw(commitment=found, by=request.user)
    messages.success(request, f"Frågan till {found.organisation} är återtagen.")
    return redirect("coordinate:activity", slug, found.activity_id)


def commitment_left(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Note that a body can not keep its promise: it has said so, but has nobody here to write it."""
    found = commitment_of(request, slug, pk)
    form = ReasonForm(request.POST or None, label=f"Varför lämnar {found.organisation}?")
    if request.method != "POST" or not form.is_valid():
        more = {"commitment": found, "activity": found.activity}
        return form_page(
            request, "dialogue/activities/commitment_left.html", found.activity.dialogue.collaboration, form, **more
        )
    commitments.leave(commitment=found, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, f"{found.organisation} har lämnat åtagandet, och skälet syns. Fråga någon annan.")
    return redirect("coordinate:activity", slug, found.activity_id)
