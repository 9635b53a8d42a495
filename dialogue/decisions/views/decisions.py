"""The coordinator's decisions: asked for, followed, given more time, reconsidered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.activities.forms.reason import ReasonForm
from dialogue.decisions import deciding, decision_rows, withdrawing
from dialogue.decisions.forms.decisions import DeadlineForm, DecisionForm, RequestOrigin
from dialogue.models import Activity, Decision
from dialogue.permissions.lookups import current_dialogue, decision_of, form_page, proposal_of
from dialogue.rules.decisions import DecisionOutcome
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page


@require_safe
def decisions(request: SignedInRequest, slug: str) -> HttpResponse:
    """All decisions, the latest first: which hold, which wait, which are late."""
    collaboration = collaboration_of(request, slug)
    dialogue = collaboration.dialogues.current().first()
    shown = {
        "collaboration": collaboration,
        "dialogue": dialogue,
        "rows": decision_rows.list_decision_rows(collaboration),
    }
    return render_page(request, "dialogue/decisions/decisions.html", shown)


def decision_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask one body or several to decide."""
    collaboration = collaboration_of(request, slug)
    basis = _basis(request, slug)
    form = DecisionForm(basis, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/decisions/decision_form.html", collaboration, form, basis=basis)
    made = _request(request, basis, form)
    messages.success(request, "Frågan är ställd. De som kan svara har fått ett brev.")
    return redirect("coordinate:decision", slug, made.pk)


def _basis(request: SignedInRequest, slug: str) -> RequestOrigin:
    """What the request grows out of, by the address."""
    proposal, earlier = (parse_id(request.GET.get(name)) for name in ("forslag", "omprova"))
    if earlier:
        before = decision_of(request, slug, earlier)
        return RequestOrigin(before.dialogue, before.proposal, before)
    if proposal:
        asked = proposal_of(request, slug, proposal)
        return RequestOrigin(asked.issue.dialogue, asked)
    dialogue = current_dialogue(collaboration_of(request, slug))
    return RequestOrigin(dialogue, issue=parse_id(request.GET.get("fraga")))


def _request(request: SignedInRequest, basis: RequestOrigin, form: DecisionForm) -> Decision:
    return deciding.request(
        dialogue=basis.dialogue,
        question=form.question,
        issues=form.cleaned_data["issues"],
        bodies=form.deciders,
        by=request.user,
        due_on=form.cleaned_data["due_on"],
        proposal=basis.proposal,
        supersedes=basis.earlier,
    )


@require_safe
def decision(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A decision: every body's answer, what has happened, and what hangs on it."""
    found = decision_of(request, slug, pk)
    hanging = Activity.objects.filter(decision=found) | Activity.objects.filter(started_under=found)
    shown = {
        "collaboration": found.dialogue.collaboration,
        "decision": found,
        "row": decision_rows.build_decision_row(found),
        "about": found.about.select_related("issue", "round"),
        "events": found.events.select_related("by", "part__organisation"),
        "activities": hanging.distinct(),
        "later": found.reconsidered_by,
        "is_answered": found.outcome
        not in (DecisionOutcome.PENDING, DecisionOutcome.SUPERSEDED, DecisionOutcome.WITHDRAWN),
    }
    return render_page(request, "dialogue/decisions/decision.html", shown)


def decision_deadline(request: SignedInRequest, slug: str, pk: int, part_pk: int) -> HttpResponse:
    """A new day for one body's answer."""
    found = decision_of(request, slug, pk)
    part = get_object_or_404(found.parts.select_related("organisation", "decision"), pk=part_pk)
    form = DeadlineForm(request.POST or None, initial={"due_on": part.due_on})
    if request.method != "POST" or not form.is_valid():
        more = {"decision": found, "part": part}
        return form_page(
            request, "dialogue/decisions/decision_deadline.html", found.dialogue.collaboration, form, **more
        )
    deciding.move_deadline(part=part, due_on=form.cleaned_data["due_on"], by=request.user)
    messages.success(request, f"{part.organisation} har fått en ny tid. Aktiviteter som skulle börja innan är märkta.")
    return redirect("coordinate:decision", slug, pk)


def decision_withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take the question back from those who have not answered."""
    found = decision_of(request, slug, pk)
    form = ReasonForm(request.POST or None, label="Varför tar du tillbaka frågan?")
    if request.method != "POST" or not form.is_valid():
        shown = {"decision": found, "parts": found.parts.select_related("organisation")}
        return form_page(
            request, "dialogue/decisions/decision_withdraw.html", found.dialogue.collaboration, form, **shown
        )
    withdrawing.withdraw(decision=found, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, "Frågan är återtagen. De som fick den får veta varför.")
    return redirect("coordinate:decision", slug, pk)
