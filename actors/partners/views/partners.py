"""The coordinator's pages about partners and external addressees."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.models.history import PARTNERS, list_events
from actors.partners import descriptions, partnerships
from actors.partners.forms import AddresseeForm, CollaborationDescriptionForm, JoinForm, TermsForm, terms_of
from actors.permissions.lookups import SignedInRequest, prepared_collaboration_of
from ostberga.lib.web.htmx import render_page


@require_safe
def partners(request: SignedInRequest, slug: str) -> HttpResponse:
    """All partners, external addressees, and what was changed."""
    collaboration = prepared_collaboration_of(request, slug)
    everyone = collaboration.partnerships.select_related("organisation", "confirmed_by")
    context = {
        "collaboration": collaboration,
        "partners": everyone.current(),
        "former": everyone.former(),
        "successions": collaboration.successions.select_related("successor").prefetch_related("answers__organisation"),
        "outside": collaboration.addressees.select_related("organisation"),
        "events": list_events(collaboration, PARTNERS),
    }
    return render_page(request, "actors/partners/partners_edit.html", context)


@transaction.atomic
def partner(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Edit the terms of a partner on its behalf."""
    collaboration = prepared_collaboration_of(request, slug)
    partnership = get_object_or_404(collaboration.partnerships.select_related("organisation", "confirmed_by"), pk=pk)
    form = TermsForm(request.POST or None, edits=partnership, initial=lambda: terms_of(partnership))
    if not form.is_valid():
        context = {"collaboration": collaboration, "partner": partnership, "form": form}
        return render_page(request, "actors/partners/partner_edit.html", context, status=422 if form.is_bound else 200)
    partnership.describe(by=request.user, **form.cleaned_data)
    messages.success(request, f"Texten om {partnership.organisation} är sparad.")
    return redirect("coordinate:partners", slug)


@transaction.atomic
def description(request: SignedInRequest, slug: str) -> HttpResponse:
    """Edit what the public pages say about the collaboration itself."""
    collaboration = prepared_collaboration_of(request, slug)
    form = CollaborationDescriptionForm(collaboration, request.POST or None)
    if not form.is_valid():
        context = {"collaboration": collaboration, "form": form}
        return render_page(request, "actors/partners/description.html", context, status=422 if form.is_bound else 200)
    words = form.texts_of("description")
    descriptions.describe_collaboration(collaboration=collaboration, description=words, by=request.user)
    messages.success(request, f"Texten om {collaboration} är sparad.")
    return redirect("coordinate:partners", slug)


def join(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a partner."""
    collaboration = prepared_collaboration_of(request, slug)
    asked = {"organisation": request.GET.get("organisation")}
    form = JoinForm(request.POST or None, collaboration=collaboration, initial=asked)
    if not form.is_valid():
        context = {"collaboration": collaboration, "form": form}
        return render_page(request, "actors/partners/partner_join.html", context, status=422 if form.is_bound else 200)
    partnership = partnerships.add_partner(collaboration=collaboration, by=request.user, **form.cleaned_data)
    messages.success(request, f"{partnership.organisation} är tillagd. Den visas som obekräftad tills den har svarat.")
    return redirect("coordinate:partners", slug)


def addressee(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show an external organisation."""
    collaboration = prepared_collaboration_of(request, slug)
    form = AddresseeForm(request.POST or None, collaboration=collaboration)
    if not form.is_valid():
        context = {"collaboration": collaboration, "form": form}
        return render_page(request, "actors/partners/addressee.html", context, status=422 if form.is_bound else 200)
    about, organisation = form.texts_of("about"), form.cleaned_data["organisation"]
    partnerships.show_addressee(collaboration=collaboration, organisation=organisation, about=about, by=request.user)
    messages.success(request, f"{organisation} visas nu som utanför samverkan.")
    return redirect("coordinate:partners", slug)


@require_POST
def addressee_end(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Stop showing an external organisation."""
    collaboration = prepared_collaboration_of(request, slug)
    external_body = get_object_or_404(collaboration.addressees.select_related("organisation"), pk=pk)
    partnerships.remove_addressee(external_body, by=request.user)
    messages.success(request, f"{external_body.organisation} visas inte längre som utanför samverkan.")
    return redirect("coordinate:partners", slug)
