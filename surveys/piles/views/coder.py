"""The second coder's pages: her piles, one statement at a time, and both codings when a pile is done."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, helped_collaboration_of
from actors.rules.rights import CODE
from ostberga.lib.web.htmx import render_page
from surveys.models import Pile, PiledText
from surveys.models.piles import PiledTextQuerySet
from surveys.piles import overview, second_coding
from surveys.piles.forms import SecondCodingForm


@require_safe
def second_coding_start(request: SignedInRequest, slug: str) -> HttpResponse:
    """List her piles of statements to code a second time, each with the next statement."""
    collaboration = helped_collaboration_of(request, slug, CODE)
    rows = overview.piles_of(request.user, collaboration, Pile.Kind.SECOND)
    context = {"collaboration": collaboration, "piles": rows, "next": _next(request, slug)}
    return render_page(request, "surveys/piles/second_coding.html", context)


def second_coding_text(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Code one statement: its masked text, and nothing of how it was coded first."""
    text = get_object_or_404(_texts(request, slug), pk=pk)
    form = SecondCodingForm(text, request.POST if request.method == "POST" else None)
    if not form.is_bound or form.store(request.user) is None:
        context = {"collaboration": text.pile.collaboration, "text": text, "form": form}
        context["left"] = text.pile.texts.left().count()
        return render_page(
            request, "surveys/piles/second_text.html", context, status=form.status if form.is_bound else 200
        )
    if (following := _next(request, slug, text.pile)) is not None:
        return redirect("coordinate:second-coding-text", slug, following.pk)
    messages.success(request, "Högen är klar. Här står er kodning bredvid varandra.")
    return redirect("coordinate:second-coding-done", slug, text.pile_id)


@require_safe
def second_coding_done(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show both codings of her pile, once nothing of it is left."""
    collaboration = helped_collaboration_of(request, slug, CODE)
    mine = Pile.objects.coded_by(request.user).filter(collaboration=collaboration, kind=Pile.Kind.SECOND)
    pile = get_object_or_404(mine.select_related("coder", "collaboration"), pk=pk)
    if not second_coding.is_done(pile):
        raise Http404
    compared = second_coding.show(pile)
    context = {"collaboration": collaboration, "pile": pile, "compared": compared}
    context["alike"] = sum(row.is_alike for row in compared)
    return render_page(request, "surveys/piles/comparison.html", context)


def _texts(request: SignedInRequest, slug: str) -> PiledTextQuerySet:
    collaboration = helped_collaboration_of(request, slug, CODE)
    mine = PiledText.objects.coded_by(request.user).filter(pile__collaboration=collaboration)
    return mine.select_related("pile__collaboration", "statement").defer("statement__raw_text")


def _next(request: SignedInRequest, slug: str, pile: Pile | None = None) -> PiledText | None:
    left = _texts(request, slug).left()
    return (left.filter(pile=pile) if pile else left).order_by("pile", "pk").first()
