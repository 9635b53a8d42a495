"""The registry's page behind the link in a letter: a question that came from another body. No account is needed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dialogue.decisions import transfers
from dialogue.decisions.forms.transfers import LinkAnswerForm
from dialogue.decisions.views.transfers import NOT_OURS
from ostberga.lib.web.secret_links import secret_link_view


@secret_link_view
def transfer_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the question, or send it back. Opening it changes nothing."""
    transfer = transfers.find_transfer(token)
    if transfer is None:
        return render(request, "actors/mandates/link_gone.html", status=404)
    form = LinkAnswerForm(request.POST or None, why=NOT_OURS)
    if not form.is_valid():
        context = {"transfer": transfer, "decision": transfer.part.decision, "form": form}
        context["collaboration"] = transfer.part.decision.dialogue.collaboration
        status = 422 if form.is_bound else 200
        return render(request, "dialogue/decisions/transfer_link.html", context, status=status)
    if form.is_yes:
        transfer = transfers.take_by_link(token)
    else:
        transfer = transfers.send_back_by_link(token, reason=form.cleaned_data["skal"])
    return render(request, "dialogue/decisions/transfer_answered.html", {"transfer": transfer})
