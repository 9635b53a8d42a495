"""The demo's outbox: all letters, since it sends none."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actors.models import Letter

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
