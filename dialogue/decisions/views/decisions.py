"""The coordinator's pages about decisions: list, request, read, move a deadline, withdraw."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, helped_collaboration_of
from actors.rules.rights import READ
from dialogue.activities.forms.reason import ReasonForm
from dialogue.decisions import answering, decision_rows, requesting, withdrawing
from dialogue.decisions.forms.decision_filter import DecisionFilter
from dialogue.decisions.forms.decisions import DeadlineForm, DecisionForm, RequestOrigin
from dialogue.models import Activity, Decision, Dialogue
from dialogue.permissions.choosing import in_running_dialogue
from dialogue.permissions.lookups import decision_of, form_page, proposal_of
from dialogue.rules.decisions import DecisionOutcome
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page


@require_safe
def decisions(request: SignedInRequest, slug: str) -> HttpResponse:
    """The decisions, searched, chosen among and sorted by the address; else the latest first."""
    collaboration = helped_collaboration_of(request, slug, READ)
    chosen = DecisionFilter(request.GET, collaboration=collaboration)
    context = {
        "collaboration": collaboration,
        "dialogues": collaboration.dialogues.current(),
        "rows": decision_rows.list_decision_rows(chosen.qs),
        "filter": chosen,
    }
    return render_page(request, "dialogue/decisions/decisions.html", context)


def decision_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Request a decision from one body or several."""
    origin = _origin(request, slug)
    return _decision_form(request, origin) if origin else _decision_about_issues(request, slug)


@in_running_dialogue
def _decision_about_issues(request: SignedInRequest, dialogue: Dialogue) -> HttpResponse:
    return _decision_form(request, RequestOrigin(dialogue, issue=parse_id(request.GET.get("fraga"))))


def _decision_form(request: SignedInRequest, origin: RequestOrigin) -> HttpResponse:
    form, collaboration = DecisionForm(origin, request.POST or None), origin.dialogue.collaboration
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/decisions/decision_form.html", collaboration, form, origin=origin)
    requested = _request(request, origin, form)
    messages.success(request, "Frågan är ställd. De som kan svara har fått ett brev.")
    return redirect("coordinate:decision", collaboration.slug, requested.pk)


def _origin(request: SignedInRequest, slug: str) -> RequestOrigin | None:
    """The earlier decision or the proposal that the address says it comes from, if any."""
    proposal, earlier = (parse_id(request.GET.get(name)) for name in ("forslag", "omprova"))
    if earlier:
        before = decision_of(request, slug, earlier)
        return RequestOrigin(before.dialogue, before.proposal, before)
    if proposal:
        proposed = proposal_of(request, slug, proposal)
        return RequestOrigin(proposed.issue.dialogue, proposed)
    return None


def _request(request: SignedInRequest, origin: RequestOrigin, form: DecisionForm) -> Decision:
    return requesting.request(
        dialogue=origin.dialogue,
        question=form.question,
        issues=form.cleaned_data["issues"],
        bodies=form.deciders,
        by=request.user,
        due_on=form.cleaned_data["due_on"],
        proposal=origin.proposal,
        supersedes=origin.earlier,
    )


@require_safe
def decision(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A decision: every body's answer, its events, and the activities that rest on it."""
    chosen = decision_of(request, slug, pk, READ)
    dependent = Activity.objects.filter(decision=chosen) | Activity.objects.filter(started_under=chosen)
    context = {
        "collaboration": chosen.dialogue.collaboration,
        "decision": chosen,
        "row": decision_rows.build_decision_row(chosen),
        "about": chosen.about.select_related("issue", "round"),
        "events": chosen.events.select_related("by"),
        "activities": dependent.distinct(),
        "later": chosen.reconsidered_by,
        "is_answered": chosen.outcome
        not in (DecisionOutcome.PENDING, DecisionOutcome.SUPERSEDED, DecisionOutcome.WITHDRAWN),
    }
    return render_page(request, "dialogue/decisions/decision.html", context)


@transaction.atomic
def decision_deadline(request: SignedInRequest, slug: str, pk: int, part_pk: int) -> HttpResponse:
    """Set a new deadline for one body's answer."""
    chosen = decision_of(request, slug, pk)
    part = get_object_or_404(chosen.parts.select_related("organisation", "decision"), pk=part_pk)
    form = DeadlineForm.of_part(part, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        more = {"decision": chosen, "part": part}
        return form_page(
            request, "dialogue/decisions/decision_deadline.html", chosen.dialogue.collaboration, form, **more
        )
    answering.move_deadline(part=part, due_on=form.cleaned_data["due_on"], by=request.user)
    messages.success(request, f"{part.organisation} har fått en ny tid. Aktiviteter som skulle börja innan är märkta.")
    return redirect("coordinate:decision", slug, pk)


def decision_withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw a request that is not settled."""
    chosen = decision_of(request, slug, pk)
    form = ReasonForm(request.POST or None, label="Varför tar du tillbaka frågan?")
    if request.method != "POST" or not form.is_valid():
        more = {"decision": chosen, "parts": chosen.parts.select_related("organisation")}
        return form_page(
            request, "dialogue/decisions/decision_withdraw.html", chosen.dialogue.collaboration, form, **more
        )
    withdrawing.withdraw(decision=chosen, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, "Frågan är återtagen. De som fick den får veta varför.")
    return redirect("coordinate:decision", slug, pk)
