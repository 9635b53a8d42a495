"""The coordinator's pages where a person leaves a body, and a body the collaboration, with all that follows listed."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from actors.models import BodySuccession, Collaboration
from actors.people.memberships import affiliations_of
from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.leaving import bodies, holdings, people, successions
from dialogue.leaving.forms import BodyLeavesForm, PersonLeavesForm
from ostberga.lib.web.htmx import render_page

# The button of the page that asks whether it is right, which leads back to the form.
CHANGE = "andra"


@transaction.atomic
def person_leaves(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """End a person's place for a body, with what she holds there."""
    collaboration = collaboration_of(request, slug)
    place = get_object_or_404(affiliations_of(collaboration).select_related("user", "organisation"), pk=pk)
    held = holdings.of_person(place.user, place.organisation, collaboration)
    form = PersonLeavesForm(request.POST or None, affiliation=place, collaboration=collaboration, held=held)
    if not form.is_valid():
        context = {"affiliation": place, "held": held, "calls": held.calls_after(timezone.localdate())}
        context |= {"collaboration": collaboration, "form": form}
        return render_page(request, "dialogue/leaving/person.html", context, status=422 if form.is_bound else 200)
    people.leave_body(affiliation=place, collaboration=collaboration, by=request.user, **form.cleaned_data)
    messages.success(request, f"{place.user} företräder inte längre {place.organisation} här.")
    return redirect("coordinate:people", slug)


@transaction.atomic
def body_leaves(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """End a partnership, or hand over from one body to others."""
    collaboration = collaboration_of(request, slug)
    partner = get_object_or_404(collaboration.partnerships.filter(left_on=None).select_related("organisation"), pk=pk)
    held = holdings.of_body(partner.organisation, collaboration)
    form = BodyLeavesForm(request.POST or None, partnership=partner, held=held)
    if not form.is_valid() or CHANGE in request.POST or not form.cleaned_data["confirmed"]:
        return _ask_about_body(request, form, collaboration)
    bodies.hand_over_body(partnership=partner, by=request.user, **form.arguments)
    told = f"{partner.organisation}: allt är överlämnat eller avslutat. Det som sagts och beslutats står kvar."
    messages.success(request, told)
    return redirect("coordinate:partners", slug)


def _ask_about_body(request: SignedInRequest, form: BodyLeavesForm, collaboration: Collaboration) -> HttpResponse:
    """The form; or when it is filled in, what will happen, and whether that is right."""
    context = {"partner": form.partnership, "held": form.held, "calls": form.held.calls_after(timezone.localdate())}
    context |= {"collaboration": collaboration, "form": form}
    if form.is_valid() and CHANGE not in request.POST:
        return render_page(request, "dialogue/leaving/body_confirm.html", context)
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "dialogue/leaving/body.html", context, status=status)


@require_POST
def succession_again(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Send new links to those of the two bodies that have not said whether one took over from the other."""
    hers = BodySuccession.objects.filter(collaboration=collaboration_of(request, slug))
    succession = get_object_or_404(hers.select_related("collaboration", "predecessor", "successor"), pk=pk)
    successions.ask_again(succession=succession, by=request.user)
    messages.success(request, "De som inte har svarat och har en registrator har fått ett nytt brev.")
    return redirect("coordinate:partners", slug)
