"""What the person signed in may open of a dialogue: what belongs to her own collaborations; and the page of a form."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest
from dialogue.models import Activity, Commitment, Decision, Dialogue, Issue, Meeting, Proposal, WorkingGroup
from ostberga.lib.web.htmx import render_page


def dialogue_of(request: SignedInRequest, slug: str, pk: int) -> Dialogue:
    """A dialogue of hers."""
    mine = Dialogue.objects.coordinated_by(request.user).select_related("collaboration", "guiding_question")
    return get_object_or_404(mine, collaboration__slug=slug, pk=pk)


def issue_of(request: SignedInRequest, slug: str, pk: int) -> Issue:
    """An issue of hers."""
    mine = Issue.objects.coordinated_by(request.user).select_related("dialogue__collaboration")
    return get_object_or_404(mine, dialogue__collaboration__slug=slug, pk=pk)


def group_of(request: SignedInRequest, slug: str, pk: int) -> WorkingGroup:
    """A working group of hers."""
    mine = WorkingGroup.objects.coordinated_by(request.user).select_related("dialogue__collaboration")
    return get_object_or_404(mine, dialogue__collaboration__slug=slug, pk=pk)


def meeting_of(request: SignedInRequest, slug: str, pk: int) -> Meeting:
    """A meeting of one of her groups."""
    groups = WorkingGroup.objects.coordinated_by(request.user).filter(dialogue__collaboration__slug=slug)
    mine = Meeting.objects.filter(group__in=groups).select_related("group__dialogue__collaboration")
    return get_object_or_404(mine.prefetch_related("issues", "present__organisation"), pk=pk)


def proposal_of(request: SignedInRequest, slug: str, pk: int) -> Proposal:
    """A proposal of hers."""
    mine = Proposal.objects.coordinated_by(request.user)
    related = mine.select_related("issue__dialogue__collaboration", "round", "group", "agreed_at")
    return get_object_or_404(related, issue__dialogue__collaboration__slug=slug, pk=pk)


def decision_of(request: SignedInRequest, slug: str, pk: int) -> Decision:
    """A decision of hers."""
    mine = Decision.objects.coordinated_by(request.user).select_related("dialogue__collaboration", "proposal")
    return get_object_or_404(mine, dialogue__collaboration__slug=slug, pk=pk)


def activity_of(request: SignedInRequest, slug: str, pk: int) -> Activity:
    """An activity of hers."""
    mine = Activity.objects.coordinated_by(request.user)
    related = mine.select_related("dialogue__collaboration", "issue", "round", "decision", "focus_area")
    return get_object_or_404(related, dialogue__collaboration__slug=slug, pk=pk)


def commitment_of(request: SignedInRequest, slug: str, pk: int) -> Commitment:
    """Something a body was asked to take on, in an activity of hers."""
    activities = Activity.objects.coordinated_by(request.user).filter(dialogue__collaboration__slug=slug)
    mine = Commitment.objects.filter(activity__in=activities).select_related("activity__dialogue__collaboration")
    return get_object_or_404(mine, pk=pk)


def current_dialogue(collaboration: Collaboration) -> Dialogue:
    """The dialogue that new things belong to."""
    return get_object_or_404(collaboration.dialogues.current().select_related("collaboration"))


def form_page(
    request: SignedInRequest, template: str, collaboration: Collaboration, form: BaseForm, **more: Any
) -> HttpResponse:
    """A form to fill in; 422 when something in it is wrong, with everything that was typed."""
    shown = {"collaboration": collaboration, "form": form, **more}
    return render_page(request, template, shown, status=422 if form.is_bound else 200)
