"""Letters: all of them in the demo, and delivery states for the coordinator."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from actors.letters.disposal import dispose_of_records, records
from actors.letters.forms import DisposalForm
from actors.letters.outbox import retry_failed
from actors.models import Letter
from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.web.htmx import render_page

PER_PAGE = 50


@login_not_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """All letters of the demo, which sends none; 404 elsewhere."""
    _only_in_the_demo()
    address = request.GET.get("till", "").strip()
    letters_to_address = Letter.objects.filter(to__icontains=address)
    page = Paginator(letters_to_address, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "actors/letters/outbox.html", {"page": page, "address": address, "query": _query(address)})


@login_not_required
@require_safe
def letter(request: HttpRequest, pk: str) -> HttpResponse:
    """One letter of the demo; 404 elsewhere."""
    _only_in_the_demo()
    return render(request, "actors/letters/letter.html", {"letter": get_object_or_404(Letter, pk=pk)})


def _query(address: str) -> str:
    return f"{urlencode({'till': address})}&" if address else ""


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404


@require_safe
def letters(request: SignedInRequest, slug: str) -> HttpResponse:
    """Delivery states of the collaboration's letters, without their content."""
    collaboration = collaboration_of(request, slug)
    all_letters = collaboration.letters.all()
    context = {
        "collaboration": collaboration,
        "failed": all_letters.filter(state=Letter.State.FAILED),
        "page": Paginator(all_letters, PER_PAGE).get_page(request.GET.get("page")),
        "waiting": all_letters.filter(state=Letter.State.WAITING).count(),
    }
    return render_page(request, "actors/letters/letters.html", context)


@require_POST
def letter_again(request: SignedInRequest, slug: str, pk: str) -> HttpResponse:
    """Put a failed letter back in the outbox."""
    collaboration = collaboration_of(request, slug)
    retry_failed(get_object_or_404(collaboration.letters.all(), pk=pk))
    messages.success(request, "Brevet ligger i utkorgen igen. Det skickas inom en minut.")
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
