"""The coordinator's pages for moving an issue on the staircase, and for closing it with an answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from actors.permissions.lookups import SignedInRequest
from dialogue.models import Issue
from dialogue.permissions.lookups import issue_of
from dialogue.rules.staircase import Move, Requirement
from dialogue.staircase import climbing, gate_facts, issue_rows, missing_rows, round_work
from dialogue.staircase.forms.moving import CloseForm, MoveForm
from ostberga.lib.web.htmx import render_page

# «Vad händer nu?» was written for the step that the issue has left.
_HINT = "Stämmer «Vad händer nu?» fortfarande? Annars: Ändra texter."


def issue_move(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show what is missing for the next step, and move the issue onward, back, or ⇌ into a new round."""
    issue = issue_of(request, slug, pk)
    missing = gate_facts.missing_requirements(issue)
    form = MoveForm(issue, missing, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "dialogue/staircase/issue_move.html", issue, form, missing)
    move, reason = form.cleaned_data["move"], form.cleaned_data["reason"]
    if move == Move.ONWARD:
        climbing.climb(issue=issue, by=request.user, reason=reason, despite=form.accepted)
    elif move == Move.BACK:
        climbing.step_back(issue=issue, by=request.user, reason=reason)
    else:
        climbing.begin_round(issue=issue, by=request.user, cause=reason)
    messages.success(request, f"Frågan står nu på steget {issue.stage}. {_HINT if issue.next_up else ''}")
    return redirect("coordinate:issue", slug, pk)


def issue_close(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Close the issue with an answer to those who asked."""
    issue = issue_of(request, slug, pk)
    missing = gate_facts.missing_requirements(issue)
    form = CloseForm(missing, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "dialogue/staircase/issue_close.html", issue, form, missing)
    reason = form.cleaned_data.get("reason", "")
    climbing.close(issue=issue, by=request.user, answer=form.texts_of("answer"), reason=reason, despite=form.accepted)
    messages.success(request, "Frågan är avslutad. De som följer den får svaret i ett brev.")
    return redirect("coordinate:issue", slug, pk)


def _page(
    request: SignedInRequest, template: str, issue: Issue, form: MoveForm | CloseForm, missing: list[Requirement]
) -> HttpResponse:
    context = {
        "collaboration": issue.dialogue.collaboration,
        "issue": issue,
        "form": form,
        "checklist": missing_rows.rows_for_issue(issue, missing),
        **missing_rows.closing_context(issue),
        "work": round_work.list_round_work(issue)[0],
        "changes": issue_rows.list_step_changes(issue),
    }
    return render_page(request, template, context, status=422 if form.is_bound else 200)
