"""A body's own page about itself, for those who belong to it: read, write, confirm."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.models import Partnership
from actors.partners.forms import TermsForm, terms_of
from actors.permissions.lookups import SignedInRequest
from ostberga.lib.web.htmx import render_page


@require_safe
def my_parts(request: SignedInRequest) -> HttpResponse:
    """The bodies I belong to. With only one, straight there."""
    mine = _mine(request)
    if len(mine) == 1:
        return redirect("part", mine[0].pk)
    return render_page(request, "actors/partners/my_parts.html", {"parts": mine})


@require_safe
def part(request: SignedInRequest, pk: int) -> HttpResponse:
    """What stands about my body, and whether we stand behind it."""
    found = get_object_or_404(_mine(request), pk=pk)
    return render_page(request, "actors/partners/part.html", {"part": found, "collaboration": found.collaboration})


def part_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Our own words."""
    found = get_object_or_404(_mine(request), pk=pk)
    form = TermsForm(request.POST or None, initial=terms_of(found))
    if not form.is_valid():
        context = {"part": found, "collaboration": found.collaboration, "form": form}
        return render_page(request, "actors/partners/part_edit.html", context, status=422 if form.is_bound else 200)
    found.describe(by=request.user, **form.cleaned_data)
    messages.success(request, "Texten är sparad. Läs igenom den och bekräfta.")
    return redirect("part", pk)


@require_POST
def part_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """We stand behind what I have just read."""
    found = get_object_or_404(_mine(request), pk=pk)
    found.confirm(by=request.user, text_mark=request.POST.get("text_mark", ""))
    messages.success(request, f"Tack! Nu står det att {found.organisation} har bekräftat texten.")
    return redirect("part", pk)


def _mine(request: SignedInRequest) -> QuerySet[Partnership]:
    found = Partnership.objects.spoken_for_by(request.user)
    return found.select_related("organisation", "collaboration", "confirmed_by")
