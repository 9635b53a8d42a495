"""Replying to a commitment by the link in a letter: no account, and the link works once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dialogue.activities import commitment_reply, commitments
from dialogue.activities.forms.commitments import CommitmentReplyForm
from dialogue.activities.views.commitments import commitment_context
from ostberga.lib.web.secret_links import secret_link_view


@secret_link_view
def commitment_link(request: HttpRequest, token: str) -> HttpResponse:
    """The request and the reply form. A link that is used, expired or unknown gets one and the same page."""
    commitment = commitments.find_by_token(token)
    if commitment is None:
        return render(request, "dialogue/activities/commitment_gone.html", status=404)
    form = CommitmentReplyForm(request.POST if request.method == "POST" else None, has_account=False)
    if not form.is_valid():
        context = commitment_context(commitment) | {"form": form}
        return render(
            request, "dialogue/activities/commitment_link.html", context, status=422 if form.is_bound else 200
        )
    commitment_reply.record_reply(commitment=commitment, typed=form.cleaned_data)
    return render(request, "dialogue/activities/commitment_thanks.html", commitment_context(commitment))
