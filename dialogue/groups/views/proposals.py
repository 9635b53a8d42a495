"""The coordinator's proposals: written as drafts, stood behind by a group, taken back with a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from actors.people.memberships import bodies_of
from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.groups import proposing, taking_positions
from dialogue.groups.forms.proposals import ProposalForm, StandBehindForm, WithdrawProposalForm
from dialogue.issues import perspective_links
from dialogue.models import Issue, Proposal
from dialogue.permissions.lookups import current_dialogue, form_page, issue_of, proposal_of
from ostberga.lib.form_choices import has_choices
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page


@require_safe
def proposals(request: SignedInRequest, slug: str) -> HttpResponse:
    """All proposals, the latest first."""
    collaboration = collaboration_of(request, slug)
    found = Proposal.objects.filter(issue__dialogue__collaboration=collaboration).order_by("-written_at", "-pk")
    shown = {
        "collaboration": collaboration,
        "dialogue": collaboration.dialogues.current().first(),
        "proposals": found.select_related("issue", "round", "group").prefetch_related("decisions"),
    }
    return render_page(request, "dialogue/groups/proposals.html", shown)


def proposal_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """A draft about an issue; which one is asked first."""
    if not (named := parse_id(request.GET.get("fraga"))):
        return _which_issue(request, slug)
    issue = issue_of(request, slug, named)
    form = _form(issue, request, group=parse_id(request.GET.get("grupp")))
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/groups/proposal_form.html", issue.dialogue.collaboration, form, issue=issue)
    made = proposing.propose(issue=issue, group=form.cleaned_data["by_group"], by=request.user, **_said(form))
    messages.success(request, "Utkastet finns nu. Det räknas när gruppen står bakom det.")
    return redirect("coordinate:proposal", slug, made.pk)


def _which_issue(request: SignedInRequest, slug: str) -> HttpResponse:
    collaboration = collaboration_of(request, slug)
    issues = current_dialogue(collaboration).issues.all()
    if group := parse_id(request.GET.get("grupp")):
        issues = issues.filter(groups=group)
    shown = {"collaboration": collaboration, "issues": issues, "group": group, "heading": "Nytt förslag"}
    return render_page(request, "dialogue/issues/which_issue.html", shown)


def _form(issue: Issue, request: SignedInRequest, **more: Any) -> ProposalForm:
    chosen = [one for one in perspective_links.perspective_choices(issue) if one.is_chosen]
    bodies = list(bodies_of(issue.dialogue.collaboration).order_by("name"))
    return ProposalForm(issue, chosen, bodies, request.POST or None, **more)


def _said(form: ProposalForm) -> dict[str, Any]:
    return {"words": form.words, "answers": form.answers, "against": form.against, "deciders": form.deciders}


@require_safe
def proposal(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A proposal as it stands, and what became of it."""
    found = proposal_of(request, slug, pk)
    shown = {
        "collaboration": found.issue.dialogue.collaboration,
        "proposal": found,
        "sides": found.sides.select_related("perspective").order_by("pk"),
        "deciders": found.deciders.select_related("organisation"),
        "decisions": found.decisions.all(),
        "told": taking_positions.summarise_positions(found),
        "missing": taking_positions.count_missing_positions(found, taking_positions.held_seat_ids(found.group_id)),
        "has_positions": found.positions.exists(),
    }
    return render_page(request, "dialogue/groups/proposal.html", shown)


def proposal_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change a draft."""
    found = proposal_of(request, slug, pk)
    form = _form(found.issue, request, proposal=found)
    if request.method != "POST" or not form.is_valid():
        more = {"issue": found.issue, "proposal": found}
        return form_page(
            request, "dialogue/groups/proposal_form.html", found.issue.dialogue.collaboration, form, **more
        )
    proposing.rewrite(proposal=found, by=request.user, **_said(form))
    messages.success(request, "Sparat.")
    return redirect("coordinate:proposal", slug, pk)


def proposal_stand(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The group stands behind it, since a meeting; those who do not are told of."""
    found = proposal_of(request, slug, pk)
    form = StandBehindForm(found, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        more = {
            "proposal": found,
            "has_met": has_choices(form, "meeting"),
            "told": taking_positions.summarise_positions(found),
        }
        more["missing"] = taking_positions.count_missing_positions(
            found, taking_positions.held_seat_ids(found.group_id)
        )
        return form_page(
            request, "dialogue/groups/proposal_stand.html", found.issue.dialogue.collaboration, form, **more
        )
    proposing.stand_behind(proposal=found, by=request.user, **form.cleaned_data)
    messages.success(request, "Gruppen står bakom förslaget. Nu kan du begära beslut.")
    return redirect("coordinate:proposal", slug, pk)


def proposal_withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The group takes it back."""
    found = proposal_of(request, slug, pk)
    form = WithdrawProposalForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        more = {"proposal": found}
        return form_page(
            request, "dialogue/groups/proposal_withdraw.html", found.issue.dialogue.collaboration, form, **more
        )
    proposing.withdraw(proposal=found, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, "Förslaget är återtaget. Det går att läsa, med skälet.")
    return redirect("coordinate:proposal", slug, pk)
