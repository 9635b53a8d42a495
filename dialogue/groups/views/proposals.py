"""The coordinator's pages of proposals: list, write, show, edit, stand behind, withdraw."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from actors.people.memberships import bodies_of
from actors.permissions.lookups import SignedInRequest, collaboration_of, helped_collaboration_of
from actors.rules.rights import READ
from dialogue.groups import proposing, taking_positions
from dialogue.groups.forms.proposal_filter import ProposalFilter
from dialogue.groups.forms.proposals import ProposalForm, StandBehindForm, WithdrawProposalForm
from dialogue.issues import perspective_links
from dialogue.models import Issue, Proposal
from dialogue.permissions.lookups import form_page, issue_of, proposal_of, running_dialogues
from ostberga.lib.form_choices import has_choices
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page


@require_safe
def proposals(request: SignedInRequest, slug: str) -> HttpResponse:
    """The proposals, searched, chosen among and sorted by the address; else the latest first."""
    collaboration = helped_collaboration_of(request, slug, READ)
    chosen = ProposalFilter(request.GET, collaboration=collaboration)
    context = {
        "collaboration": collaboration,
        "dialogues": collaboration.dialogues.current(),
        "filter": chosen,
        "proposals": chosen.qs.select_related("issue", "round", "group").prefetch_related("decisions"),
    }
    return render_page(request, "dialogue/groups/proposals.html", context)


def proposal_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write a draft about an issue. Without an issue in the URL, let the coordinator choose one first."""
    if not (issue_pk := parse_id(request.GET.get("fraga"))):
        return _which_issue(request, slug)
    issue = issue_of(request, slug, issue_pk)
    form = _form(issue, request, group=parse_id(request.GET.get("grupp")))
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/groups/proposal_form.html", issue.dialogue.collaboration, form, issue=issue)
    group = form.cleaned_data["by_group"]
    proposal = proposing.propose(issue=issue, group=group, by=request.user, **_typed(form))
    messages.success(request, "Utkastet finns nu. Det räknas när gruppen står bakom det.")
    return redirect("coordinate:proposal", slug, proposal.pk)


def _which_issue(request: SignedInRequest, slug: str) -> HttpResponse:
    collaboration = collaboration_of(request, slug)
    issues = Issue.objects.filter(dialogue__in=running_dialogues(collaboration)).select_related("dialogue")
    issues = issues.order_by("dialogue_id", "position", "pk").prefetch_related("dialogue__stages")
    if group := parse_id(request.GET.get("grupp")):
        issues = issues.filter(groups=group)
    context = {"collaboration": collaboration, "issues": issues, "group": group, "heading": "Nytt förslag"}
    return render_page(request, "dialogue/issues/which_issue.html", context)


def _form(issue: Issue, request: SignedInRequest, **more: Any) -> ProposalForm:
    chosen = [choice for choice in perspective_links.perspective_choices(issue) if choice.is_chosen]
    bodies = list(bodies_of(issue.dialogue.collaboration).order_by("name"))
    return ProposalForm(issue, chosen, bodies, request.POST or None, **more)


def _typed(form: ProposalForm) -> dict[str, Any]:
    return {"words": form.words, "answers": form.answers, "against": form.against, "deciders": form.deciders}


@require_safe
def proposal(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One proposal with its perspectives, deciders, positions and decisions."""
    proposal = proposal_of(request, slug, pk, READ)
    context = {
        "collaboration": proposal.issue.dialogue.collaboration,
        "proposal": proposal,
        "sides": proposal.sides.select_related("perspective").order_by("pk"),
        "deciders": proposal.deciders.select_related("organisation"),
        "decisions": proposal.decisions.all(),
        "has_positions": proposal.has_positions,
        **_position_context(proposal),
    }
    return render_page(request, "dialogue/groups/proposal.html", context)


def _position_context(proposal: Proposal) -> dict[str, Any]:
    """The positions that may be shown, and how many seats have taken none."""
    held = taking_positions.held_seat_ids(proposal.group_id)
    return {
        "positions": taking_positions.summarise_positions(proposal),
        "missing": taking_positions.count_missing_positions(proposal, held),
    }


@transaction.atomic
def proposal_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change a draft."""
    proposal = proposal_of(request, slug, pk)
    if request.method != "POST" and not proposal.is_draft:
        return redirect("coordinate:proposal", slug, pk)  # an old link: there is nothing to change any more
    proposing.refuse_settled(proposal)
    form = _form(proposal.issue, request, proposal=proposal)
    if request.method != "POST" or not form.is_valid():
        more = {"issue": proposal.issue, "proposal": proposal}
        return form_page(
            request, "dialogue/groups/proposal_form.html", proposal.issue.dialogue.collaboration, form, **more
        )
    proposing.rewrite(proposal=proposal, by=request.user, **_typed(form))
    messages.success(request, "Sparat.")
    return redirect("coordinate:proposal", slug, pk)


def proposal_stand(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Record the meeting where the group agreed on the proposal, and the dissent."""
    proposal = proposal_of(request, slug, pk)
    proposing.refuse_settled(proposal)
    form = StandBehindForm(proposal, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        more = {"proposal": proposal, "has_met": has_choices(form, "meeting"), **_position_context(proposal)}
        return form_page(
            request, "dialogue/groups/proposal_stand.html", proposal.issue.dialogue.collaboration, form, **more
        )
    proposing.stand_behind(proposal=proposal, by=request.user, **form.cleaned_data)
    messages.success(request, "Gruppen står bakom förslaget. Nu kan du begära beslut.")
    return redirect("coordinate:proposal", slug, pk)


def proposal_withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw a proposal."""
    proposal = proposal_of(request, slug, pk)
    form = WithdrawProposalForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        more = {"proposal": proposal}
        return form_page(
            request, "dialogue/groups/proposal_withdraw.html", proposal.issue.dialogue.collaboration, form, **more
        )
    proposing.withdraw(proposal=proposal, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, "Förslaget är återtaget. Det går att läsa, med skälet.")
    return redirect("coordinate:proposal", slug, pk)
