"""The administrator's pages about bodies and the list of registries, which say the verbs that the admin site says."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone
from django.views.decorators.http import require_POST

from actors.founding.views.site import refuse_others
from actors.mandates import registry_addresses, registry_entries, registry_removals
from actors.mandates.forms import FirstAddressForm, ReplacementForm
from actors.models import Organisation, RegistryEntry
from actors.partners import partnerships
from actors.people.forms.administration import NewOrganisationForm, RegistryEntryForm
from actors.permissions.lookups import SignedInRequest


@transaction.atomic
def body_new(request: SignedInRequest) -> HttpResponse:
    """Add an organisation that all collaborations can choose, with the address that confirms for it."""
    refuse_others(request)
    form = NewOrganisationForm(request.POST or None)
    if not form.is_valid():
        return render(request, "actors/founding/body_new.html", {"form": form}, status=422 if form.is_bound else 200)
    address, form.instance.registry_email = form.cleaned_data["registry_email"], ""
    body = form.save()
    if address:
        registry_addresses.enter_without_asking(organisation=body, address=address, by=request.user)
    messages.success(request, f"{body} finns nu, och alla samverkan kan välja den.")
    return redirect("site")


def registry_first(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter the first registry address of an organisation that exists."""
    refuse_others(request)
    body = get_object_or_404(Organisation.objects.filter(registry_email=""), pk=pk)
    form = FirstAddressForm(request.POST or None, organisation=body)
    if not form.is_valid():
        context = {"form": form, "body": body}
        status = 422 if form.is_bound else 200
        return render(request, "actors/founding/registry_first.html", context, status=status)
    address = form.cleaned_data["address"]
    registry_addresses.enter_without_asking(organisation=body, address=address, by=request.user)
    messages.success(request, f"{address} bekräftar nu för {body}.")
    return redirect("site")


@require_POST
def body_share(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let all collaborations choose an organisation that one has typed in."""
    refuse_others(request)
    body = get_object_or_404(Organisation.objects.exclude(created_in=None), pk=pk)
    partnerships.share_organisation(organisation=body, by=request.user)
    messages.success(request, f"Alla samverkan kan nu välja {body}.")
    return redirect("site")


@require_POST
def registry_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take away a wrong registry address, after some days in which its owner can stop it."""
    refuse_others(request)
    body = get_object_or_404(Organisation.objects.exclude(registry_email=""), pk=pk)
    removal = registry_removals.remove(body, by=request.user)
    day = formats.date_format(timezone.localtime(removal.takes_effect_at), "j F Y")
    messages.success(request, f"{removal.address} tas bort {day}, om ingen stoppar det.")
    return redirect("site")


def registry_replace(request: SignedInRequest, pk: int) -> HttpResponse:
    """Replace a data controller's registry address that no longer works, unless somebody stops it."""
    refuse_others(request)
    body = get_object_or_404(Organisation.objects.exclude(registry_email=""), pk=pk)
    form = ReplacementForm(request.POST or None, organisation=body)
    if not form.is_valid():
        context = {"form": form, "body": body, "days": registry_removals.CONTROLLER_WAITS.days}
        status = 422 if form.is_bound else 200
        return render(request, "actors/founding/registry_replace.html", context, status=status)
    removal = registry_removals.replace(body, by=request.user, address=form.cleaned_data["address"])
    day = formats.date_format(timezone.localtime(removal.takes_effect_at), "j F Y")
    messages.success(request, f"{removal.address} byts till {removal.replacement} {day}, om ingen stoppar det.")
    return redirect("site")


def registry_list(request: SignedInRequest) -> HttpResponse:
    """Put a domain or an address on the list of registries."""
    refuse_others(request)
    form = RegistryEntryForm(request.POST or None)
    if not form.is_valid():
        return render(
            request, "actors/founding/registry_new.html", {"form": form}, status=422 if form.is_bound else 200
        )
    entry = registry_entries.list_entry(by=request.user, **form.cleaned_data)
    day = formats.date_format(timezone.localtime(entry.counts_from), "j F Y")
    messages.success(request, f"{entry} står på listan och räknas från {day}.")
    return redirect("site")


@require_POST
def registry_strike(request: SignedInRequest, pk: int) -> HttpResponse:
    """Strike a domain or an address: it confirms nothing more."""
    refuse_others(request)
    entry = get_object_or_404(RegistryEntry, pk=pk)
    registry_entries.strike_entry(entry, by=request.user)
    messages.success(request, f"{entry} är struken.")
    return redirect("site")
