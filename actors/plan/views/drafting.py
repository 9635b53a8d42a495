"""The coordinator's pages for drafting the joint plan."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.models import Collaboration, FocusArea, Goal, Indicator, JointPlan
from actors.models.history import PLAN, list_events
from actors.permissions.lookups import SignedInRequest, collaboration_of, prepared_collaboration_of
from actors.plan import plan_drafts
from actors.plan.forms import FocusAreaForm, GoalForm, IndicatorForm, JointPlanForm
from actors.plan.plan_drafts import PlanPart
from ostberga.lib.editing.edit_form import EditModelForm
from ostberga.lib.web.htmx import render_page

Parts = dict[str, tuple[type[EditModelForm], str]]
# By the word in the address: the form of a part, and its name.
PARTS: Parts = {
    "omrade": (FocusAreaForm, "Fokusområde"),
    "mal": (GoalForm, "Mål"),
    "indikator": (IndicatorForm, "Indikator"),
}


@require_safe
def plan(request: SignedInRequest, slug: str) -> HttpResponse:
    """The draft if any, the adopted plan, and earlier versions."""
    collaboration = prepared_collaboration_of(request, slug)
    plans = collaboration.plans.prefetch_related("focus_areas__goals__indicators").select_related("adopted_by")
    adopted = list(plans.adopted())
    context = {
        "collaboration": collaboration,
        "draft": plans.filter(is_draft=True).first(),
        "plan": adopted[0] if adopted else None,
        "earlier": adopted[1:],
        "events": list_events(collaboration, PLAN),
    }
    return render_page(request, "actors/plan/plan_edit.html", context)


def plan_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Create a draft from scratch."""
    collaboration = prepared_collaboration_of(request, slug)
    form = JointPlanForm(request.POST or None)
    if not form.is_valid():
        return _show(request, collaboration, form, "Ny plan")
    plan_drafts.create_draft(collaboration=collaboration, by=request.user, **form.cleaned_data)
    messages.success(request, "Utkastet finns nu. Lägg till fokusområden och mål.")
    return redirect("coordinate:plan", slug)


@require_POST
def plan_version(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Create a draft as a copy of an adopted plan."""
    adopted = get_object_or_404(prepared_collaboration_of(request, slug).plans.adopted(), pk=pk)
    plan_drafts.create_new_version(adopted, by=request.user)
    messages.success(request, "Utkastet är en kopia av planen. Den gamla gäller tills du antar den nya.")
    return redirect("coordinate:plan", slug)


@transaction.atomic
def draft(request: SignedInRequest, slug: str) -> HttpResponse:
    """Edit title, introduction and period of the draft."""
    collaboration = prepared_collaboration_of(request, slug)
    joint_plan = _draft(collaboration)
    form = JointPlanForm(request.POST or None, instance=joint_plan)
    if not form.is_valid():
        return _show(request, collaboration, form, "Utkastets titel och tid")
    plan_drafts.update_draft(joint_plan, words=form.cleaned_data, by=request.user)
    return redirect("coordinate:plan", slug)


@require_POST
def draft_adopt(request: SignedInRequest, slug: str) -> HttpResponse:
    """Adopt the draft."""
    joint_plan = _draft(collaboration_of(request, slug))
    plan_drafts.adopt_draft(joint_plan, by=request.user)
    messages.success(request, f"{joint_plan} version {joint_plan.version} gäller nu och syns för alla.")
    return redirect("coordinate:plan", slug)


@require_POST
def draft_throw_away(request: SignedInRequest, slug: str) -> HttpResponse:
    """Discard the draft."""
    plan_drafts.discard_draft(_draft(prepared_collaboration_of(request, slug)), by=request.user)
    messages.success(request, "Utkastet är borta. Planen som gäller är orörd.")
    return redirect("coordinate:plan", slug)


def part_new(request: SignedInRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Add a part to the draft. `pk` is its parent: the plan, a focus area or a goal."""
    collaboration = prepared_collaboration_of(request, slug)
    empty = _empty(_draft(collaboration), kind, pk)
    form = PARTS[kind][0](request.POST or None, instance=empty)
    if not form.is_valid():
        return _show(request, collaboration, form, f"Nytt: {PARTS[kind][1].lower()}")
    plan_drafts.save_part(empty, words=form.cleaned_data, by=request.user)
    return redirect("coordinate:plan", slug)


@transaction.atomic
def part(request: SignedInRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Edit a part of the draft."""
    collaboration = prepared_collaboration_of(request, slug)
    draft = _draft(collaboration)
    plan_part = _part(draft, kind, pk)
    form = PARTS[kind][0](request.POST or None, instance=plan_part, besides=[draft])
    if not form.is_valid():
        return _show(request, collaboration, form, PARTS[kind][1])
    plan_drafts.save_part(plan_part, words=form.cleaned_data, by=request.user)
    return redirect("coordinate:plan", slug)


@require_POST
def part_move(request: SignedInRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Move a part one step up or down."""
    plan_part = _part(_draft(prepared_collaboration_of(request, slug)), kind, pk)
    plan_drafts.move_part(plan_part, up=request.POST.get("way") == "up", by=request.user)
    return redirect("coordinate:plan", slug)


@require_POST
def part_end(request: SignedInRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Delete a part and all below it."""
    plan_drafts.remove_part(_part(_draft(prepared_collaboration_of(request, slug)), kind, pk), by=request.user)
    return redirect("coordinate:plan", slug)


def _show(
    request: SignedInRequest, collaboration: Collaboration, form: forms.ModelForm[Any], heading: str
) -> HttpResponse:
    context = {"collaboration": collaboration, "form": form, "heading": heading}
    return render_page(request, "actors/plan/plan_part.html", context, status=422 if form.is_bound else 200)


def _draft(collaboration: Collaboration) -> JointPlan:
    return get_object_or_404(collaboration.plans.all(), is_draft=True)


def _part(draft: JointPlan, kind: str, pk: int) -> PlanPart:
    parts_by_kind: dict[str, QuerySet[Any]] = {
        "omrade": draft.focus_areas.all(),
        "mal": Goal.objects.filter(focus_area__plan=draft),
        "indikator": Indicator.objects.filter(goal__focus_area__plan=draft),
    }
    if kind not in parts_by_kind:
        raise Http404
    part: PlanPart = get_object_or_404(parts_by_kind[kind], pk=pk)
    return part


def _empty(draft: JointPlan, kind: str, pk: int) -> PlanPart:
    if kind == "omrade":
        return FocusArea(plan=draft)
    if kind == "mal":
        return Goal(focus_area=get_object_or_404(draft.focus_areas.all(), pk=pk))
    if kind == "indikator":
        return Indicator(goal=get_object_or_404(Goal.objects.filter(focus_area__plan=draft), pk=pk))
    raise Http404
