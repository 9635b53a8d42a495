"""«Vilka svarar för oss»: all mandates of the user's organisations, in all collaborations; vouching and ending."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.mandates import confirming, ending, registry_addresses
from actors.mandates.body_mandates import list_body_mandates
from actors.mandates.forms import RegistryAddressForm
from actors.mandates.waiting_addresses import registry_context
from actors.models import Mandate, Organisation
from actors.permissions.lookups import SignedInRequest
from ostberga.lib.web.htmx import render_page

RELATED = ("person", "organisation", "collaboration")


@require_safe
def body_mandates(request: SignedInRequest) -> HttpResponse:
    """The mandates of each organisation that she answers for, and her own that wait."""
    return render_page(request, "actors/mandates/body_mandates.html", {"overview": list_body_mandates(request.user)})


@require_POST
def mandate_vouch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm a colleague's mandate."""
    mandate = get_object_or_404(Mandate.objects.vouchable_by(request.user).select_related(*RELATED), pk=pk)
    confirming.vouch(mandate, by=request.user)
    messages.success(request, f"Du har gått i god för {mandate.person}, som nu kan svara.")
    return redirect("body-mandates")


@require_POST
def mandate_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a mandate at once."""
    mandate = get_object_or_404(Mandate.objects.endable_by(request.user).select_related(*RELATED), pk=pk)
    ending.end(mandate, by=request.user, reason=request.POST.get("skal", "")[:240])
    messages.success(request, f"Mandatet är avslutat. {mandate.person} kan inte svara under det längre.")
    return redirect("body-mandates")


def registry_address(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the address at which the organisation confirms; the old address confirms the change."""
    held = Mandate.objects.in_force().filter(person=request.user)
    organisation = get_object_or_404(Organisation.objects.filter(pk__in=held.values("organisation")), pk=pk)
    form = RegistryAddressForm(request.POST or None, organisation=organisation)
    if not form.is_valid():
        context = {"form": form, **registry_context(organisation)}
        return render_page(
            request, "actors/mandates/registry_address.html", context, status=422 if form.is_bound else 200
        )
    change = registry_addresses.enter(organisation=organisation, by=request.user, **form.cleaned_data)
    messages.success(request, change.what_happens_next)
    return redirect("body-mandates")
