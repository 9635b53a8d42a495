"""The coordinator's pages about people: invitations, affiliations, appointments."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from actors.mandates.proposing import mandate_waits
from actors.models import Collaboration
from actors.models.history import PEOPLE, list_events
from actors.people import inviting
from actors.people.forms.people import InvitePersonForm
from actors.people.forms.people_filter import PeopleFilter
from actors.people.memberships import affiliations_of, people_of
from actors.people.views.mandates import list_mandates
from actors.permissions.lookups import SignedInRequest, prepared_collaboration_of
from ostberga.lib.web.htmx import render_page


@require_safe
def people(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everyone in the collaboration, open invitations, and appointments."""
    collaboration = prepared_collaboration_of(request, slug)
    chosen = PeopleFilter(request.GET, collaboration=collaboration)
    unanswered = collaboration.invitations.filter(accepted_at=None, withdrawn_at=None)
    context = {
        "collaboration": collaboration,
        "filter": chosen,
        "others": people_of(collaboration).exclude(pk__in=affiliations_of(collaboration).values("user")),
        "invitations": unanswered.select_related("organisation").order_by("-invited_at"),
        "events": list_events(collaboration, PEOPLE),
    }
    return render_page(
        request, "actors/people/people.html", context | _tasks(collaboration) | list_mandates(collaboration)
    )


def _tasks(collaboration: Collaboration) -> dict[str, object]:
    """Context of the people page: who coordinates, who is proposed to, who did, and who helps."""
    appointments = collaboration.appointments.select_related("user")
    return {
        "appointments": appointments.filter(ended_on=None).order_by("role"),
        "proposals": collaboration.appointment_proposals.waiting().select_related("user", "proposed_by"),
        "former": appointments.exclude(ended_on=None).order_by("-ended_on"),
        "helpers": collaboration.helper_roles.not_over().select_related("person").order_by("task", "person__name"),
    }


def invite(request: SignedInRequest, slug: str) -> HttpResponse:
    """Invite a person by letter."""
    collaboration = prepared_collaboration_of(request, slug)
    form = InvitePersonForm(request.POST or None, collaboration=collaboration)
    if not form.is_valid():
        context = {"collaboration": collaboration, "form": form}
        return render_page(request, "actors/people/invite.html", context, status=422 if form.is_bound else 200)
    invitation = inviting.invite(collaboration=collaboration, by=request.user, **form.cleaned_data)
    messages.success(request, f"Inbjudan till {invitation.name} är skriven och skickas nu.")
    if why := mandate_waits(invitation):
        link = reverse("coordinate:registry", args=[slug, invitation.organisation_id])
        asks = format_html('<a href="{}">Skriv in adressen</a>, så går frågan om mandatet av sig själv.', link)
        messages.warning(request, format_html("{} {}", why, asks))
    return redirect("coordinate:people", slug)


@require_POST
def invite_again(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Send an invitation again, with a new link."""
    collaboration = prepared_collaboration_of(request, slug)
    invitation = get_object_or_404(collaboration.invitations.all(), pk=pk)
    inviting.send_again(invitation, by=request.user)
    messages.success(request, f"{invitation.name} får ett nytt brev. Den gamla länken fungerar inte längre.")
    return redirect("coordinate:people", slug)


@require_POST
def uninvite(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    collaboration = prepared_collaboration_of(request, slug)
    invitation = get_object_or_404(collaboration.invitations.all(), pk=pk)
    inviting.withdraw(invitation, by=request.user)
    messages.success(request, f"Inbjudan till {invitation.name} är återkallad.")
    return redirect("coordinate:people", slug)
