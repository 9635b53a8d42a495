"""The administrator's page about the installation: what it consists of and how it is, never what people said."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from actors.models import AppointmentProposal, Collaboration
from actors.people import appointing, inviting
from actors.permissions.lookups import SignedInRequest


@require_safe
def site(request: SignedInRequest) -> HttpResponse:
    """The collaborations with who coordinates them or is proposed to."""
    _refuse_others(request)
    places = Collaboration.objects.select_related("data_controller").order_by("name")
    rows = [(place, list(place.appointments.filter(ended_on=None).select_related("user"))) for place in places]
    waiting = AppointmentProposal.objects.waiting().select_related("collaboration", "user").order_by("collaboration")
    return render(request, "actors/founding/site.html", {"rows": rows, "proposals": waiting})


@require_POST
def proposal_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the registry its question again, and her who is proposed her invitation, if she has not opened it."""
    _refuse_others(request)
    proposal = get_object_or_404(
        AppointmentProposal.objects.waiting().select_related("collaboration__data_controller", "user"), pk=pk
    )
    appointing.ask_again(proposal, by=request.user)
    told = proposal.sent_to
    if proposal.collaboration.awaits_controller and proposal.user.last_login is None:
        inviting.invite_to_prepare(collaboration=proposal.collaboration, person=proposal.user, by=request.user)
        told = f"{told} och {proposal.user.email}"
    messages.success(request, f"{told} får nya brev. De gamla länkarna fungerar inte längre.")
    return redirect("site")


def _refuse_others(request: SignedInRequest) -> None:
    if not request.user.is_superuser:
        raise Http404
