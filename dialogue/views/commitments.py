"""What a body was asked to take on, for those who belong to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from actors.views.workshop import SignedInRequest
from dialogue import replying
from dialogue.forms.commitments import ReplyForm
from dialogue.models import Commitment
from ostberga.lib.htmx import render_page

RELATED = ("activity__dialogue__collaboration", "activity__issue", "activity__decision", "organisation", "asked_by")


def commitment(request: SignedInRequest, pk: int) -> HttpResponse:
    """The question and our answer."""
    mine = Commitment.objects.of_bodies_of(request.user).select_related(*RELATED, "replied_by")
    found = get_object_or_404(mine, pk=pk)
    form = ReplyForm(request.POST if request.method == "POST" else None, has_account=True)
    if not form.is_valid():
        shown = shown_about(found) | {"form": form}
        return render_page(request, "dialogue/commitment.html", shown, status=422 if form.is_bound else 200)
    replying.reply(commitment=found, said=form.cleaned_data, by=request.user)
    messages.success(request, f"Tack! Ni har {found.get_reply_display()}. Samordnaren får veta det nu.")
    return redirect("commitment", pk)


def shown_about(found: Commitment) -> dict[str, object]:
    """What the question is about: the activity, who else takes part, and the decision it rests on."""
    others = found.activity.commitments.accepted().exclude(pk=found.pk).select_related("organisation")
    collaboration = found.activity.dialogue.collaboration
    return {"commitment": found, "activity": found.activity, "others": others, "collaboration": collaboration}
