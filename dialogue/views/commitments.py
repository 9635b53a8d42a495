"""What a body was asked to take on, for those who belong to it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from actors.views.workshop import SignedInRequest
from dialogue.models import Commitment
from ostberga.lib.htmx import render_page


def commitment(request: SignedInRequest, pk: int) -> HttpResponse:
    """The question and our answer."""
    found = get_object_or_404(Commitment.objects.of_bodies_of(request.user), pk=pk)
    return render_page(request, "dialogue/commitment.html", {"commitment": found})
