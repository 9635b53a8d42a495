"""Where seats take a stand on their group's drafts: a member for herself, the coordinator for those without account."""

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
    """A draft of her group's: what it says, what others said, and what she thinks herself."""
    hers = Proposal.objects.filter(group__in=WorkingGroup.objects.of_member(request.user))
    related = hers.select_related("issue__dialogue__collaboration", "group", "round")
    found = get_object_or_404(related.prefetch_related("positions__seat", "sides__perspective"), pk=pk)
    seat = get_object_or_404(Seat.objects.held_by(request.user).filter(group=found.group_id)[:1])
    row = forms.build_my_position(found, seat, taking_positions.held_seat_ids(found.group_id), request.POST or None)
    if request.method != "POST" or not row.form.is_valid():
        shown = {"row": row, "proposal": found, "collaboration": found.issue.dialogue.collaboration}
        return render_page(
            request, "dialogue/groups/my_position.html", shown, status=422 if request.method == "POST" else 200
        )
    taking_positions.take_position(proposal=found, seat=row.seat, by=request.user, **row.form.cleaned_data)
    messages.success(request, "Sparat. Du kan ändra dig tills gruppen står bakom förslaget.")
    return redirect("my-group", found.group_id)


def positions(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What seats without accounts said in the room."""
    found = proposal_of(request, slug, pk)
    form = forms.SpokenPositionsForm(found, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request, "dialogue/groups/positions.html", found.issue.dialogue.collaboration, form, proposal=found
        )
    for seat, stance, reason in form.taken:
        said = {"seat": seat, "stance": stance, "reason": reason, "meeting": form.cleaned_data["meeting"]}
        taking_positions.take_position(proposal=found, by=request.user, **said)
    messages.success(request, "Sparat. Den som ändrar sig skrivs in igen; det senaste gäller.")
    return redirect("coordinate:proposal", slug, pk)
