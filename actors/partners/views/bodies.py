"""The coordinator's pages about organisations: her own words about them, and what they are responsible for."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from actors.models import Collaboration, Organisation, Responsibility
from actors.partners import descriptions, partnerships, responsibilities
from actors.partners.forms import NamesForm, OrganisationForm, ResponsibilityForm, WordsForm, words_in
from actors.people.memberships import bodies_of
from actors.permissions.lookups import SignedInRequest, prepared_collaboration_of
from ostberga.lib.web.htmx import render_page


def organisation_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Type in an organisation, which can then become a partner or an external addressee."""
    collaboration = prepared_collaboration_of(request, slug)
    form = OrganisationForm(request.POST or None, collaboration=collaboration)
    if not form.is_valid():
        return _show(request, collaboration, form)
    body = partnerships.type_in_organisation(collaboration=collaboration, by=request.user, **form.names, **form.words)
    messages.success(request, f"{body} finns nu. Ta med den i samverkan, eller visa den som utanför.")
    return redirect("coordinate:partners", slug)


@transaction.atomic
def organisation(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Edit the coordinator's words about an organisation, which are shown in this collaboration."""
    collaboration = prepared_collaboration_of(request, slug)
    body = get_object_or_404(bodies_of(collaboration), pk=pk)
    written = collaboration.body_descriptions.filter(organisation=body)
    form = WordsForm(request.POST or None, edits=body, about=slug, initial=lambda: words_in(written.first()))
    if not form.is_valid():
        return _show(request, collaboration, form, body)
    descriptions.describe_in(collaboration=collaboration, organisation=body, by=request.user, **form.words)
    messages.success(request, f"Dina ord om {body} är sparade. De visas bara i {collaboration}.")
    return redirect("coordinate:partners", slug)


@transaction.atomic
def organisation_name(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Rename an organisation that was typed in here and has confirmed nothing."""
    collaboration = prepared_collaboration_of(request, slug)
    body = get_object_or_404(bodies_of(collaboration).filter(created_in=collaboration), pk=pk)
    form = NamesForm(request.POST or None, collaboration=collaboration, organisation=body)
    if not form.is_valid():
        return _show(request, collaboration, form, body, template="actors/partners/organisation_name.html")
    partnerships.rename_organisation(
        organisation=body, collaboration=collaboration, by=request.user, **form.cleaned_data
    )
    messages.success(request, f"Nu heter den {body}.")
    return redirect("coordinate:organisation", slug, pk)


def _show(
    request: SignedInRequest,
    collaboration: Collaboration,
    form: NamesForm | WordsForm,
    body: Organisation | None = None,
    template: str = "actors/partners/organisation.html",
) -> HttpResponse:
    context = {"collaboration": collaboration, "form": form, "known": body, **_responsibilities(collaboration, body)}
    return render_page(request, template, context, status=422 if form.is_bound else 200)


def _responsibilities(collaboration: Collaboration, body: Organisation | None) -> dict[str, Any]:
    """What the organisation says itself that it is responsible for, and what was written here."""
    if body is None:
        return {}
    return {
        "own_areas": body.responsibilities.all().own(),
        "areas": collaboration.responsibilities.filter(organisation=body),
        "may_rename": partnerships.may_rename(body, collaboration),
    }


def responsibility_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Add a responsibility to an organisation."""
    collaboration = prepared_collaboration_of(request, slug)
    return _responsibility(request, collaboration, get_object_or_404(bodies_of(collaboration), pk=pk))


@transaction.atomic
def responsibility(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Edit a responsibility."""
    collaboration = prepared_collaboration_of(request, slug)
    known = get_object_or_404(_editable_responsibilities(collaboration), pk=pk)
    return _responsibility(request, collaboration, known.organisation, known)


def _responsibility(
    request: SignedInRequest, collaboration: Collaboration, body: Organisation, known: Responsibility | None = None
) -> HttpResponse:
    form = ResponsibilityForm(request.POST or None, known=known)
    if not form.is_valid():
        context = {"collaboration": collaboration, "form": form, "body": body, "known": known}
        return render_page(
            request, "actors/partners/responsibility.html", context, status=422 if form.is_bound else 200
        )
    responsibilities.save_responsibility(
        organisation=body, collaboration=collaboration, by=request.user, known=known, **form.cleaned_data
    )
    messages.success(request, "Ansvarsområdet är sparat.")
    return redirect("coordinate:organisation", collaboration.slug, body.pk)


@require_POST
def responsibility_end(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Delete a responsibility."""
    known = get_object_or_404(_editable_responsibilities(prepared_collaboration_of(request, slug)), pk=pk)
    responsibilities.remove_responsibility(known, by=request.user)
    messages.success(request, f"{known} är borttaget från {known.organisation}.")
    return redirect("coordinate:organisation", slug, known.organisation_id)


def _editable_responsibilities(collaboration: Collaboration) -> QuerySet[Responsibility]:
    written_here = collaboration.responsibilities.filter(organisation__in=bodies_of(collaboration))
    return written_here.select_related("organisation")
