"""Positions on a draft: a member's own, and those the coordinator writes for seats without an account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from actors.permissions.lookups import SignedInRequest
from dialogue.groups import taking_positions
from dialogue.groups.forms import positions as forms
from dialogue.models import Proposal, Seat, WorkingGroup
from dialogue.permissions.lookups import form_page, proposal_of
from ostberga.lib.web.htmx import render_page


def my_position(request: SignedInRequest, pk: int) -> HttpResponse:
    """A proposal of the member's group with the member's own position, which can be changed while it is a draft."""
    proposals = Proposal.objects.filter(group__in=WorkingGroup.objects.of_member(request.user))
    related = proposals.select_related("issue__dialogue__collaboration", "group", "round")
    proposal = get_object_or_404(related.prefetch_related("positions", "sides__perspective"), pk=pk)
    seat = get_object_or_404(Seat.objects.held_by(request.user).filter(group=proposal.group_id)[:1])
    held = taking_positions.held_seat_ids(proposal.group_id)
    row = forms.build_my_position(proposal, seat, held, request.POST or None)
    if request.method != "POST" or not row.form.is_valid():
        context = {"row": row, "proposal": proposal, "collaboration": proposal.issue.dialogue.collaboration}
        return render_page(
            request, "dialogue/groups/my_position.html", context, status=422 if request.method == "POST" else 200
        )
    taking_positions.take_position(proposal=proposal, seat=row.seat, by=request.user, **row.form.cleaned_data)
    messages.success(request, "Sparat. Du kan ändra dig tills gruppen står bakom förslaget.")
    return redirect("my-group", proposal.group_id)


def positions(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The coordinator writes the positions of seats without accounts."""
    proposal = proposal_of(request, slug, pk)
    form = forms.SpokenPositionsForm(proposal, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request, "dialogue/groups/positions.html", proposal.issue.dialogue.collaboration, form, proposal=proposal
        )
    for seat, stance, reason in form.taken:
        position = {"seat": seat, "stance": stance, "reason": reason, "meeting": form.cleaned_data["meeting"]}
        taking_positions.take_position(proposal=proposal, by=request.user, **position)
    messages.success(request, "Sparat. Den som ändrar sig skrivs in igen; det senaste gäller.")
    return redirect("coordinate:proposal", slug, pk)
