"""An official's pages about her own organisation's partnership: read, edit, confirm."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.models import Mandate, Partnership
from actors.partners.forms import TermsForm, terms_of
from actors.permissions.lookups import SignedInRequest
from ostberga.lib.web.htmx import render_page


@require_safe
def my_parts(request: SignedInRequest) -> HttpResponse:
    """The partnerships of the user's organisations; redirects if there is only one."""
    mine = Partnership.objects.of_bodies_of(request.user).select_related("organisation", "collaboration")
    if len(mine) == 1:
        return redirect("part", mine[0].pk)
    return render_page(request, "actors/partners/my_parts.html", {"parts": mine})


@require_safe
def part(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the public page says about the organisation, and whether it is confirmed."""
    mine = Partnership.objects.of_bodies_of(request.user)
    related = mine.select_related("organisation", "collaboration", "confirmed_by")
    partnership = get_object_or_404(related, pk=pk)
    written = partnership.organisation.responsibilities.all()
    context = {
        "part": partnership,
        "collaboration": partnership.collaboration,
        "speaks": Partnership.objects.spoken_for_by(request.user).contains(partnership),
        "areas": written.own(),
        "waiting": _waiting_mandate(request, partnership),
    }
    return render_page(request, "actors/partners/part.html", context)


def _waiting_mandate(request: SignedInRequest, partnership: Partnership) -> Mandate | None:
    hers = Mandate.objects.waiting().in_collaboration(partnership.collaboration).filter(person=request.user)
    return hers.filter(organisation=partnership.organisation).select_related("organisation").first()


@transaction.atomic
def part_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Edit the organisation's terms."""
    partnership = own_partnership(request, pk)
    form = TermsForm(request.POST or None, edits=partnership, initial=lambda: terms_of(partnership))
    if not form.is_valid():
        context = {"part": partnership, "collaboration": partnership.collaboration, "form": form}
        return render_page(request, "actors/partners/part_edit.html", context, status=422 if form.is_bound else 200)
    partnership.describe(by=request.user, **form.cleaned_data)
    messages.success(request, "Texten är sparad. Läs igenom den och bekräfta.")
    return redirect("part", pk)


@require_POST
def part_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm the text that was shown on the page."""
    partnership = own_partnership(request, pk)
    partnership.confirm(by=request.user, text_mark=request.POST.get("text_mark", ""))
    messages.success(request, f"Tack! Nu står det att {partnership.organisation} har bekräftat texten.")
    return redirect("part", pk)


def own_partnership(request: SignedInRequest, pk: int) -> Partnership:
    """The partnership, or 404 for everyone that its organisation has not confirmed."""
    partnerships = Partnership.objects.spoken_for_by(request.user)
    return get_object_or_404(partnerships.select_related("organisation", "collaboration", "confirmed_by"), pk=pk)
