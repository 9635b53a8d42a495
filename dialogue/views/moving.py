"""The coordinator moves an issue on the staircase."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from actors.views.workshop import SignedInRequest
from dialogue import standing
from dialogue.forms.issues import MoveForm
from dialogue.views.workshop import issue_of
from ostberga.lib.htmx import render_page


def issue_move(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What is missing for the next step; then onwards, back, or ⇌ into a new round, with the reason."""
    found = issue_of(request, slug, pk)
    missing = found.missing()
    form = MoveForm(found, missing, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        collaboration, changes = found.dialogue.collaboration, standing.history(found)
        shown = {"collaboration": collaboration, "issue": found, "form": form, "missing": missing, "changes": changes}
        return render_page(request, "dialogue/issue_move.html", shown, status=422 if form.is_bound else 200)
    target, reason = form.cleaned_data["target"], form.cleaned_data["reason"]
    change = found.move(target, by=request.user, reason=reason, despite=form.accepted)
    messages.success(request, f"Frågan står nu på steget {change.get_to_step_display()}.")
    return redirect("coordinate:issue", slug, pk)
