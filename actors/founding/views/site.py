"""The administrator's page about the installation: what it consists of and how it is, never what people said."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from actors.founding import installation
from actors.models import (
    AppointmentProposal,
    Collaboration,
    CoordinatorAppointment,
    Organisation,
    RegistryEntry,
    RegistryRemoval,
)
from actors.people import appointing, inviting
from actors.people.forms.administration import AppointmentProposalForm
from actors.permissions.lookups import SignedInRequest


@require_safe
def site(request: SignedInRequest) -> HttpResponse:
    """The collaborations with who coordinates them or is proposed to, the bodies, and how the servers are."""
    refuse_others(request)
    waiting = AppointmentProposal.objects.waiting().select_related("collaboration", "user").order_by("collaboration")
    context = {
        "conditions": installation.conditions(),
        "mail_test": installation.last_mail_test(request.user),
        "places": _places(),
        "proposals": waiting,
        "bodies": _bodies(),
        "typed_in": Organisation.objects.exclude(created_in=None).select_related("created_in").order_by("name"),
        "entries": RegistryEntry.objects.select_related("organisation"),
    }
    return render(request, "actors/founding/site.html", context)


def _places() -> list[tuple[Collaboration, list[CoordinatorAppointment]]]:
    """Every collaboration with who coordinates it today. Three queries."""
    places = Collaboration.objects.real().select_related("data_controller").prefetch_related("appointments__user")
    return [
        (place, [held for held in place.appointments.all() if held.ended_on is None])
        for place in places.order_by("name")
    ]


def _bodies() -> list[tuple[Organisation, bool, RegistryRemoval | None]]:
    """Every body that all may choose or that is a data controller, whether it is one, and its waiting removal."""
    controllers = set(Collaboration.objects.exclude(appointments=None).values_list("data_controller", flat=True))
    removals = {removal.organisation_id: removal for removal in RegistryRemoval.objects.waiting()}
    bodies = Organisation.objects.filter(Q(created_in=None) | Q(pk__in=controllers)).order_by("name")
    return [(body, body.pk in controllers, removals.get(body.pk)) for body in bodies]


@require_POST
def mail_test(request: SignedInRequest) -> HttpResponse:
    """Send a letter to oneself."""
    refuse_others(request)
    letter = installation.test_mail(by=request.user)
    messages.success(request, f"Ett provbrev till {letter.to} är skrivet. Läs om sidan om en minut.")
    return redirect("site")


def appoint(request: SignedInRequest) -> HttpResponse:
    """Propose somebody for a role; the data controller's registry appoints her by its link."""
    refuse_others(request)
    form = AppointmentProposalForm(request.POST or None)
    if not form.is_valid():
        return render(request, "actors/founding/appoint.html", {"form": form}, status=422 if form.is_bound else 200)
    proposal = appointing.propose(by=request.user, **form.arguments())
    if proposal.prepares:
        inviting.invite_to_prepare(collaboration=proposal.collaboration, person=proposal.user, by=request.user)
    messages.success(request, f"{proposal.sent_to} har fått frågan. Inget ändras förrän den har bekräftat.")
    return redirect("site")


@require_POST
def proposal_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the registry its question again, and her who is proposed her invitation, if she has not opened it."""
    proposal = _waiting(request, pk)
    appointing.ask_again(proposal, by=request.user)
    told = proposal.sent_to
    if proposal.prepares and proposal.user.last_login is None:
        inviting.invite_to_prepare(collaboration=proposal.collaboration, person=proposal.user, by=request.user)
        told = f"{told} och {proposal.user.email}"
    messages.success(request, f"{told} får nya brev. De gamla länkarna fungerar inte längre.")
    return redirect("site")


@require_POST
def proposal_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a proposal back, so that somebody else can be proposed."""
    proposal = _waiting(request, pk)
    appointing.withdraw(proposal, by=request.user)
    messages.success(request, f"Förslaget om {proposal} är återtaget.")
    return redirect("site")


def refuse_others(request: SignedInRequest) -> None:
    """Raise 404 for everybody but an administrator."""
    if not request.user.is_superuser:
        raise Http404


def _waiting(request: SignedInRequest, pk: int) -> AppointmentProposal:
    refuse_others(request)
    waiting = AppointmentProposal.objects.waiting().select_related("collaboration__data_controller", "user")
    return get_object_or_404(waiting, pk=pk)
