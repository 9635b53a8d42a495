"""The coordinator's pages about mandates: proposing one, sending it again, withdrawing it, and registry addresses."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from actors.mandates import ending, proposing, registry_addresses
from actors.mandates.forms import ProposeMandateForm, RegistryAddressForm
from actors.mandates.waiting_addresses import registry_context, with_waiting
from actors.models import Collaboration, Mandate
from actors.people.memberships import affiliations_of, bodies_of
from actors.permissions.lookups import SignedInRequest, prepared_collaboration_of
from ostberga.lib.web.htmx import render_page


def mandate_propose(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Propose a mandate for an affiliated person; the organisation's registry gets a letter."""
    collaboration = prepared_collaboration_of(request, slug)
    place = get_object_or_404(affiliations_of(collaboration).select_related("user", "organisation"), pk=pk)
    own = collaboration.mandates.waiting().filter(person=place.user, organisation=place.organisation)
    form = ProposeMandateForm(request.POST or None, place=place)
    if (waiting := own.first()) or not form.is_valid():
        context = {"collaboration": collaboration, "place": place, "form": form, "waiting": waiting}
        return render_page(request, "actors/people/mandate.html", context, status=422 if form.is_bound else 200)
    mandate = proposing.propose(collaboration=collaboration, by=request.user, **form.arguments())
    messages.success(request, f"Frågan har gått till {mandate.sent_to}. Mandatet gäller när det är bekräftat där.")
    return redirect("coordinate:people", slug)


@require_POST
def mandate_again(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Send the registry a link: the first, or a new one that replaces it."""
    mandate = _mandate_of(request, slug, pk)
    had_gone = bool(mandate.sent_to)
    proposing.send_again(mandate, by=request.user)
    gone = f"Ett nytt brev har gått till {mandate.sent_to}. Den gamla länken fungerar inte längre."
    first = f"Frågan har gått till {mandate.sent_to}. Mandatet gäller när det är bekräftat där."
    messages.success(request, gone if had_gone else first)
    return redirect("coordinate:people", slug)


@require_POST
def mandate_withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw a proposal that the organisation has not answered."""
    mandate = _mandate_of(request, slug, pk)
    ending.withdraw(mandate, by=request.user)
    messages.success(request, f"Förslaget för {mandate.person} är återtaget.")
    return redirect("coordinate:people", slug)


def registry(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Enter or change the address at which an organisation confirms."""
    collaboration = prepared_collaboration_of(request, slug)
    body = get_object_or_404(bodies_of(collaboration), pk=pk)
    form = RegistryAddressForm(request.POST or None, organisation=body)
    if not form.is_valid():
        context = {"collaboration": collaboration, "form": form, **registry_context(body)}
        return render_page(
            request, "actors/mandates/registry_address.html", context, status=422 if form.is_bound else 200
        )
    change = registry_addresses.enter(organisation=body, by=request.user, **form.cleaned_data)
    messages.success(request, change.what_happens_next)
    return redirect("coordinate:people", slug)


def list_mandates(collaboration: Collaboration) -> dict[str, object]:
    """Context of the people page: the mandates proposed here, and the bodies whose addresses confirm."""
    mandates = collaboration.mandates.select_related("person", "organisation", "confirmed_by", "ended_by")
    return {"mandates": mandates, "bodies": with_waiting(bodies_of(collaboration).order_by("name"))}


def _mandate_of(request: SignedInRequest, slug: str, pk: int) -> Mandate:
    mandates = prepared_collaboration_of(request, slug).mandates
    related = mandates.select_related("person", "organisation", "collaboration")
    return get_object_or_404(related, pk=pk)
