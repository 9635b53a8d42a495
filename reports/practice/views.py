"""The coordinator's page of the practice: filling it with made-up answers, going there, and emptying it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest, prepared_collaboration_of
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page
from reports.practice.beginning import begin_practice, forms_to_copy
from reports.practice.emptying import empty_practice


@require_safe
def practice(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say what a practice is, and lead into it when there is one. From within, lead to the page of the real place."""
    collaboration = prepared_collaboration_of(request, slug)
    if collaboration.practice_of is not None:
        return redirect("coordinate:practice", collaboration.practice_of.slug)
    context = {
        "collaboration": collaboration,
        "begun": Collaboration.objects.filter(practice_of=collaboration).first(),
        "surveys": list(forms_to_copy(collaboration)),
    }
    return render_page(request, "reports/practice/practice.html", context)


@require_POST
def begin(request: SignedInRequest, slug: str) -> HttpResponse:
    """Fill a practice with made-up answers, and go there."""
    collaboration = prepared_collaboration_of(request, slug)
    chosen = request.POST.get("formular")
    survey = get_object_or_404(forms_to_copy(collaboration), pk=parse_id(chosen)) if chosen else None
    begun = begin_practice(collaboration=collaboration, survey=survey, by=request.user)
    messages.success(request, "Övningen är fylld med påhittade svar. Några väntar på att du läser dem.")
    return redirect("coordinate:coding", begun.slug)


@require_POST
def empty(request: SignedInRequest, slug: str) -> HttpResponse:
    """Empty the practice."""
    empty_practice(collaboration=prepared_collaboration_of(request, slug), by=request.user)
    messages.success(request, "Övningen är tömd. Inget av den finns kvar.")
    return redirect("coordinate:practice", slug)
