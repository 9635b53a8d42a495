"""The coordinator's pages of piles: who has how many left, dealing, taking back, and how well two coders agree."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.web.htmx import render_page
from surveys.models import Pile
from surveys.piles import dealing, overview, second_coding
from surveys.piles.forms import DealForm


def piles(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the piles that are out, and deal one more."""
    collaboration = collaboration_of(request, slug)
    form = DealForm(collaboration, request.POST or None)
    pile = form.deal(request.user) if form.is_bound else None
    if pile is None:
        context = {"collaboration": collaboration, "form": form, "piles": overview.piles_out(collaboration)}
        context["waves"] = overview.undealt_waves(collaboration)
        return render_page(request, "surveys/piles/piles.html", context, status=form.status if form.is_bound else 200)
    messages.success(request, f"{pile.coder} har fått {pile.texts.count()} texter att {pile.get_kind_display()}.")
    return redirect("coordinate:piles", slug)


@require_POST
def take_back(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a pile back from its coder."""
    pile = _pile_of(request, slug, pk)
    dealing.take_back(pile, by=request.user)
    messages.success(request, f"Högen är tagen tillbaka från {pile.coder}. Det som är kodat står kvar.")
    return redirect("coordinate:piles", slug)


@require_safe
def pile(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show how a pile was coded the second time, beside the first. 409 with how to get there until it is done."""
    second = _pile_of(request, slug, pk, kind=Pile.Kind.SECOND)
    compared = second_coding.show(second)
    context = {"collaboration": second.collaboration, "pile": second, "compared": compared}
    context |= {"alike": sum(row.is_alike for row in compared), "coordinates": True}
    return render_page(request, "surveys/piles/comparison.html", context)


def _pile_of(request: SignedInRequest, slug: str, pk: int, **wanted: str) -> Pile:
    collaboration = collaboration_of(request, slug)
    return get_object_or_404(collaboration.piles.select_related("coder", "collaboration"), pk=pk, **wanted)
