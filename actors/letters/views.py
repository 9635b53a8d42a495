"""Letters: readable by all in the demo, and how they fare for the coordinator."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from actors.letters.outbox import retry_failed
from actors.models import Letter
from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.web.htmx import render_page

PER_PAGE = 50


@login_not_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """All letters of the demo: it sends none, and links in them open doors."""
    _only_in_the_demo()
    address = request.GET.get("till", "").strip()
    found = Letter.objects.filter(to__icontains=address)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "actors/letters/outbox.html", {"page": page, "address": address, "query": _query(address)})


@login_not_required
@require_safe
def letter(request: HttpRequest, pk: str) -> HttpResponse:
    """One letter of the demo, as its reader gets it."""
    _only_in_the_demo()
    return render(request, "actors/letters/letter.html", {"letter": get_object_or_404(Letter, pk=pk)})


def _query(address: str) -> str:
    return f"{urlencode({'till': address})}&" if address else ""


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404


@require_safe
def letters(request: SignedInRequest, slug: str) -> HttpResponse:
    """How the collaboration's letters fare. What stands in them is between writer and reader."""
    collaboration = collaboration_of(request, slug)
    found = collaboration.letters.all()
    context = {
        "collaboration": collaboration,
        "failed": found.filter(state=Letter.State.FAILED),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "waiting": found.filter(state=Letter.State.WAITING).count(),
    }
    return render_page(request, "actors/letters/letters.html", context)


@require_POST
def letter_again(request: SignedInRequest, slug: str, pk: str) -> HttpResponse:
    """Put a failed letter back in the outbox."""
    collaboration = collaboration_of(request, slug)
    retry_failed(get_object_or_404(collaboration.letters.all(), pk=pk))
    messages.success(request, "Brevet ligger i utkorgen igen. Det skickas inom en minut.")
    return redirect("coordinate:letters", slug)
