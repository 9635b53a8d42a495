"""Look up what a coordinator or helper may open, by address; 404 for everything else. And the response with a form.

Where a right is given, it is a helper's too; the collaboration then knows whether she only helps (`seen_by`).
"""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest, refuse_while_awaited, seen_by
from actors.rules.rights import COORDINATE
from dialogue.models import Activity, Commitment, Decision, Dialogue, Issue, Meeting, Proposal, WorkingGroup
from ostberga.lib.authorization import Right
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.htmx import render_page


def dialogue_of(request: SignedInRequest, slug: str, pk: int) -> Dialogue:
    """Return a dialogue that she coordinates; Refusal while its data controller is awaited."""
    dialogue = prepared_dialogue_of(request, slug, pk)
    refuse_while_awaited(dialogue.collaboration)
    return dialogue


def prepared_dialogue_of(request: SignedInRequest, slug: str, pk: int) -> Dialogue:
    """Return a dialogue that she coordinates or prepares."""
    allowed = Dialogue.objects.prepared_by(request.user).select_related("collaboration", "guiding_question")
    return get_object_or_404(allowed, collaboration__slug=slug, pk=pk)


def issue_of(request: SignedInRequest, slug: str, pk: int, right: Right = COORDINATE) -> Issue:
    """Return an issue that she coordinates, or has another right to."""
    allowed = right.rows_for(request.user, Issue.objects.select_related("dialogue__collaboration"))
    issue = get_object_or_404(allowed, dialogue__collaboration__slug=slug, pk=pk)
    seen_by(request.user, issue.dialogue.collaboration, right)
    return issue


def group_of(request: SignedInRequest, slug: str, pk: int, right: Right = COORDINATE) -> WorkingGroup:
    """Return a working group that she coordinates, or has another right to."""
    allowed = right.rows_for(request.user, WorkingGroup.objects.select_related("dialogue__collaboration"))
    group = get_object_or_404(allowed, dialogue__collaboration__slug=slug, pk=pk)
    seen_by(request.user, group.dialogue.collaboration, right)
    return group


def meeting_of(request: SignedInRequest, slug: str, pk: int) -> Meeting:
    """Return a meeting of a group that she coordinates."""
    groups = WorkingGroup.objects.coordinated_by(request.user).filter(dialogue__collaboration__slug=slug)
    allowed = Meeting.objects.filter(group__in=groups).select_related("group__dialogue__collaboration")
    return get_object_or_404(allowed.prefetch_related("issues", "present__organisation"), pk=pk)


def proposal_of(request: SignedInRequest, slug: str, pk: int, right: Right = COORDINATE) -> Proposal:
    """Return a proposal in a dialogue that she coordinates, or has another right to."""
    related = Proposal.objects.select_related("issue__dialogue__collaboration", "round", "group", "agreed_at")
    allowed = right.rows_for(request.user, related)
    proposal = get_object_or_404(allowed, issue__dialogue__collaboration__slug=slug, pk=pk)
    seen_by(request.user, proposal.issue.dialogue.collaboration, right)
    return proposal


def decision_of(request: SignedInRequest, slug: str, pk: int, right: Right = COORDINATE) -> Decision:
    """Return a decision in a dialogue that she coordinates, or has another right to."""
    related = Decision.objects.select_related("dialogue__collaboration", "proposal")
    decision = get_object_or_404(right.rows_for(request.user, related), dialogue__collaboration__slug=slug, pk=pk)
    seen_by(request.user, decision.dialogue.collaboration, right)
    return decision


def activity_of(request: SignedInRequest, slug: str, pk: int, right: Right = COORDINATE) -> Activity:
    """Return an activity in a dialogue that she coordinates, or has another right to."""
    related = ("dialogue__collaboration", "issue", "round", "decision", "focus_area")
    allowed = right.rows_for(request.user, Activity.objects.select_related(*related))
    activity = get_object_or_404(allowed, dialogue__collaboration__slug=slug, pk=pk)
    seen_by(request.user, activity.dialogue.collaboration, right)
    return activity


def commitment_of(request: SignedInRequest, slug: str, pk: int) -> Commitment:
    """Return a commitment in an activity that she coordinates."""
    activities = Activity.objects.coordinated_by(request.user).filter(dialogue__collaboration__slug=slug)
    allowed = Commitment.objects.filter(activity__in=activities).select_related("activity__dialogue__collaboration")
    return get_object_or_404(allowed, pk=pk)


def running_dialogues(collaboration: Collaboration) -> list[Dialogue]:
    """Return the dialogues that go on, in order. Raises Refusal, which leads to the one to begin, without any."""
    dialogues = list(
        collaboration.dialogues.current().select_related("collaboration", "guiding_question").order_by("pk")
    )
    if not dialogues:
        raise _no_dialogue(collaboration)
    return dialogues


def _no_dialogue(collaboration: Collaboration) -> Refusal:
    prepared = collaboration.dialogues.prepared().select_related("collaboration").first()
    if prepared is None:
        why, label = "Ingen dialog pågår, och det här hör till en. Börja en först.", "Till dialogerna"
        link = reverse("coordinate:dialogues", args=[collaboration.slug])
    else:
        why, label = f"«{prepared}» förbereds. Det här går när den har börjat.", "Börja dialogen"
        link = reverse("coordinate:dialogue-make-current", args=[collaboration.slug, prepared.pk])
    return Refusal(why, link=link, label=label, code="no_dialogue")


def form_page(
    request: SignedInRequest, template: str, collaboration: Collaboration, form: BaseForm, **more: Any
) -> HttpResponse:
    """Render a page with a form; with status 422 when the form is bound, since then it has errors."""
    context = {"collaboration": collaboration, "form": form, **more}
    return render_page(request, template, context, status=422 if form.is_bound else 200)
