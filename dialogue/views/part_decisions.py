"""The page where a body answers what it was asked to decide: one question, the answer, and what it rests on."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from actors.views.workshop import SignedInRequest
from dialogue.models import PartDecision
from ostberga.lib.htmx import render_page


@require_safe
def part_decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is asked."""
    part = get_object_or_404(PartDecision.objects.shown_to(request.user), pk=pk)
    return render_page(request, "dialogue/part_decision.html", {"part": part, "decision": part.decision})


@require_POST
def hand_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a colleague take the question."""
    return part_decision(request, pk)
