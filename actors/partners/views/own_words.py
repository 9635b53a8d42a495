"""The pages where an organisation's own people write its own words, which all collaborations show."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from actors.models import Partnership, Responsibility
from actors.partners import descriptions, partnerships, responsibilities
from actors.partners.forms import OwnWordsForm, ResponsibilityForm, own_words_in
from actors.partners.views.officials import own_partnership
from actors.permissions.asking_again import ask_again
from actors.permissions.lookups import SignedInRequest
from ostberga.lib.web.htmx import render_page


@transaction.atomic
def own_words(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the organisation's own words; the coordinator's are suggested until it has any."""
    partnership = own_partnership(request, pk)
    body = partnership.organisation
    form = OwnWordsForm(
        request.POST or None, organisation=body, user=request.user, initial=lambda: own_words_in(partnership)
    )
    if not form.is_valid():
        return _page(request, "actors/partners/own_words.html", partnership, form)
    # «Är det du?» is asked about another name, not about every word.
    return (ask_again(_save) if form.renames else _save)(request, pk, form)


def _save(request: SignedInRequest, pk: int, form: OwnWordsForm) -> HttpResponse:
    before = form.organisation.name
    descriptions.write_own_words(organisation=form.organisation, by=request.user, **form.everything)
    messages.success(request, "Sparat. Nu är det era egna ord som visas, överallt där ni är med.")
    if (name := form.cleaned_data["name"]) != before:
        messages.info(request, f"Ni heter nu {name}, överallt. Det gamla namnet står kvar: «hette tidigare {before}».")
    return redirect("part", pk)


@require_POST
def share(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let every collaboration choose the organisation."""
    partnership = own_partnership(request, pk)
    partnerships.share_organisation(organisation=partnership.organisation, by=request.user)
    messages.success(request, "Nu kan alla samverkan välja er i sina listor.")
    return redirect("part", pk)


def area_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a responsibility of the organisation's own."""
    return _area(request, own_partnership(request, pk))


@transaction.atomic
def area(request: SignedInRequest, pk: int, area: int) -> HttpResponse:
    """Edit a responsibility of the organisation's own."""
    partnership = own_partnership(request, pk)
    return _area(request, partnership, _own_area(partnership, area))


def _area(request: SignedInRequest, partnership: Partnership, known: Responsibility | None = None) -> HttpResponse:
    form = ResponsibilityForm(request.POST or None, known=known)
    if not form.is_valid():
        return _page(request, "actors/partners/own_area.html", partnership, form)
    body = partnership.organisation
    responsibilities.save_responsibility(organisation=body, by=request.user, known=known, **form.cleaned_data)
    messages.success(request, "Ansvarsområdet är sparat.")
    return redirect("part", partnership.pk)


@require_POST
def area_end(request: SignedInRequest, pk: int, area: int) -> HttpResponse:
    """Delete a responsibility of the organisation's own."""
    known = _own_area(own_partnership(request, pk), area)
    responsibilities.remove_responsibility(known, by=request.user)
    messages.success(request, f"{known} är borttaget.")
    return redirect("part", pk)


def _own_area(partnership: Partnership, area: int) -> Responsibility:
    own = partnership.organisation.responsibilities.all().own()
    return get_object_or_404(own.select_related("organisation"), pk=area)


def _page(
    request: SignedInRequest, template: str, partnership: Partnership, form: OwnWordsForm | ResponsibilityForm
) -> HttpResponse:
    context = {"part": partnership, "collaboration": partnership.collaboration, "form": form}
    return render_page(request, template, context, status=422 if form.is_bound else 200)
