"""Delivery states of the collaboration's letters, for the coordinator."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.letters import retrying
from actors.letters.disposal import dispose_of_records, records
from actors.letters.forms import DisposalForm
from actors.models import DeadAddress, Letter
from actors.models.letters import KNOWN_READERS
from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.web.htmx import render_page

PER_PAGE = 50


@require_safe
def letters(request: SignedInRequest, slug: str) -> HttpResponse:
    """Delivery states of the collaboration's letters, without their content."""
    collaboration = collaboration_of(request, slug)
    all_letters = collaboration.letters.defer("sealed")
    context = {
        "collaboration": collaboration,
        "failed": all_letters.filter(state=Letter.State.FAILED),
        "dead": DeadAddress.objects.filter(email__in=_known_addresses(all_letters)),
        "page": Paginator(all_letters, PER_PAGE).get_page(request.GET.get("page")),
        "waiting": all_letters.filter(state=Letter.State.WAITING).count(),
    }
    return render_page(request, "actors/letters/letters.html", context)


def _known_addresses(letters: QuerySet[Letter]) -> QuerySet[Any, Any]:
    """Return the addresses of letters whose readers the coordinator may see, in small letters."""
    return letters.filter(kind__in=KNOWN_READERS).annotate(small=Lower("to")).order_by().values("small").distinct()


@require_POST
def letter_again(request: SignedInRequest, slug: str, pk: str) -> HttpResponse:
    """Put a failed letter back in the outbox."""
    collaboration = collaboration_of(request, slug)
    retrying.retry_failed(get_object_or_404(collaboration.letters.all(), pk=pk))
    messages.success(request, "Brevet ligger i utkorgen igen. Det skickas inom en minut.")
    return redirect("coordinate:letters", slug)


@require_POST
def letters_again(request: SignedInRequest, slug: str) -> HttpResponse:
    """Put all failed letters back in the outbox."""
    again, without_link = retrying.retry_all(collaboration_of(request, slug).letters.all())
    messages.success(request, f"{again} brev ligger i utkorgen igen. De skickas inom en minut.")
    if without_link:
        messages.warning(request, f"{without_link} brev har legat så länge att länken är borttagen. Skicka nya.")
    return redirect("coordinate:letters", slug)


def letters_dispose(request: SignedInRequest, slug: str) -> HttpResponse:
    """Dispose of letters by decision, and see what was disposed of before."""
    collaboration = collaboration_of(request, slug)
    form = DisposalForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {
            "collaboration": collaboration,
            "form": form,
            "kept": records(collaboration).count(),
            "disposals": collaboration.disposals.select_related("by"),
        }
        return render_page(request, "actors/letters/dispose.html", context, status=422 if form.is_bound else 200)
    disposal = dispose_of_records(collaboration=collaboration, by=request.user, **form.cleaned_data)
    messages.success(request, f"{disposal.letters} brev är gallrade.")
    return redirect("coordinate:letters-dispose", slug)
