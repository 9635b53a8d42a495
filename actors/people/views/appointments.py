"""The coordinator's pages about appointments: proposing who takes over or deputises, and ending a deputy's."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from actors.models import AppointmentProposal, Collaboration
from actors.people import appointing
from actors.people.forms.people import AppointForm
from actors.permissions.lookups import SignedInRequest, collaboration_of, prepared_collaboration_of
from ostberga.lib.web.htmx import render_page

HEADINGS = {
    "coordinator": "Lämna över samordningen",
    "deputy": "Utse ersättare",
    "officer": "Föreslå dataskyddsombud",
}


def propose(request: SignedInRequest, slug: str) -> HttpResponse:
    """Propose a coordinator or a deputy to the data controller."""
    collaboration = collaboration_of(request, slug)
    form = AppointForm(request.POST or None, collaboration=collaboration, initial={"role": request.GET.get("uppdrag")})
    if not form.is_valid():
        context = {"collaboration": collaboration, "form": form}
        context["heading"] = HEADINGS.get(request.GET.get("uppdrag", ""), "Föreslå någon till ett uppdrag")
        return render_page(request, "actors/people/appoint.html", context, status=422 if form.is_bound else 200)
    proposal = appointing.propose(collaboration=collaboration, by=request.user, **form.cleaned_data)
    messages.success(request, f"{proposal.sent_to} har fått frågan. Inget ändras förrän den har bekräftat.")
    return redirect("coordinate:people", slug)


@require_POST
def ask_again(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Send the data controller a new link."""
    proposal = _waiting(prepared_collaboration_of(request, slug), pk)
    appointing.ask_again(proposal, by=request.user)
    messages.success(request, f"{proposal.sent_to} får ett nytt brev. Den gamla länken fungerar inte längre.")
    return redirect("coordinate:people", slug)


@require_POST
def withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a proposal back."""
    proposal = _waiting(collaboration_of(request, slug), pk)
    appointing.withdraw(proposal, by=request.user)
    messages.success(request, f"Förslaget om {proposal} är återtaget.")
    return redirect("coordinate:people", slug)


@require_POST
def step_down(request: SignedInRequest, slug: str) -> HttpResponse:
    """End the deputy's appointment today. The deputy herself comes to her desk."""
    collaboration = collaboration_of(request, slug)
    appointing.step_down(collaboration=collaboration, role=appointing.Role.DEPUTY, by=request.user)
    messages.success(request, "Det finns ingen ersättare längre.")
    still_mine = Collaboration.objects.coordinated_by(request.user).contains(collaboration)
    return redirect("coordinate:people", slug) if still_mine else redirect(settings.LOGIN_REDIRECT_URL)


def _waiting(collaboration: Collaboration, pk: int) -> AppointmentProposal:
    waiting = collaboration.appointment_proposals.waiting()
    return get_object_or_404(waiting.select_related("collaboration__data_controller", "user"), pk=pk)
