"""Drafts of the joint plan: writing, adopting and discarding them. An adopted plan is changed only as a new version."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from actors.models import Collaboration, FocusArea, Goal, Indicator, JointPlan, User
from actors.models.history import Kind, record_event
from actors.rules.rights import COORDINATE, PREPARE
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal

# A part of a plan: a focus area, a goal in it, or an indicator of a goal.
PlanPart = FocusArea | Goal | Indicator


@transaction.atomic
def create_draft(
    *,
    collaboration: Collaboration,
    title: str,
    introduction: str,
    starts_on: dt.date,
    ends_on: dt.date | None,
    by: User,
) -> JointPlan:
    """Create an empty draft, of the first plan or of a plan for another period. Raises Refusal if a draft exists."""
    require(by, PREPARE, collaboration)
    _refuse_second_draft(collaboration)
    plan = JointPlan.objects.create(
        collaboration=collaboration,
        title=title,
        introduction=introduction,
        starts_on=starts_on,
        ends_on=ends_on,
        version=_next_version(collaboration, title),
        is_draft=True,
    )
    record_event(collaboration, Kind.DRAFTED, by=by, what=_name_with_version(plan))
    return plan


@transaction.atomic
def create_new_version(plan: JointPlan, *, by: User) -> JointPlan:
    """Create a draft as a copy of the whole plan, which stays unchanged. Raises Refusal if a draft exists."""
    require(by, PREPARE, plan.collaboration)
    _refuse_second_draft(plan.collaboration)
    areas = list(plan.focus_areas.prefetch_related("goals__indicators"))
    names = ("collaboration", "title", "introduction", "starts_on", "ends_on")
    copied = {name: getattr(plan, name) for name in names}
    draft = JointPlan.objects.create(version=_next_version(plan.collaboration, plan.title), is_draft=True, **copied)
    for area in areas:
        _copy_area(area, draft)
    record_event(plan.collaboration, Kind.COPIED, by=by, what=_name_with_version(draft))
    return draft


def _copy_area(area: FocusArea, plan: JointPlan) -> None:
    names = ("position", "text", "direction", "source")
    into = FocusArea.objects.create(plan=plan, position=area.position, name=area.name, description=area.description)
    for goal in area.goals.all():
        copy = Goal.objects.create(focus_area=into, position=goal.position, text=goal.text)
        indicators = []
        for indicator in goal.indicators.all():
            indicators.append(Indicator(goal=copy, **{name: getattr(indicator, name) for name in names}))
        Indicator.objects.bulk_create(indicators)


@transaction.atomic
def update_draft(plan: JointPlan, *, words: Mapping[str, Any], by: User) -> None:
    """Change title, introduction and period of a draft; `words` are values by field name."""
    require(by, PREPARE, plan.collaboration)
    _lock_draft(plan)
    for name, value in words.items():
        setattr(plan, name, value)
    plan.version = _next_version(plan.collaboration, plan.title, besides=plan)
    plan.save()
    record_event(plan.collaboration, Kind.RETITLED, by=by, what=_name_with_version(plan))


@transaction.atomic
def adopt_draft(plan: JointPlan, *, by: User) -> None:
    """Make the draft the plan that everyone reads. Raises Refusal if an area has no goal, or there is no area."""
    require(by, COORDINATE, plan.collaboration)
    _lock_draft(plan)
    empty = plan.focus_areas.filter(goals=None).values_list("name", flat=True).first()
    if empty is not None or not plan.focus_areas.exists():
        missing = f"Fokusområdet {empty} har inget mål." if empty else "Planen har inget fokusområde."
        raise Refusal(f"{missing} Skriv det först.", code="plan_is_empty")
    plan.is_draft, plan.adopted_at, plan.adopted_by = False, timezone.now(), by
    plan.save(update_fields=["is_draft", "adopted_at", "adopted_by"])
    record_event(plan.collaboration, Kind.ADOPTED, by=by, what=_name_with_version(plan))
    plan.collaboration.bump_public_version()


@transaction.atomic
def discard_draft(plan: JointPlan, *, by: User) -> None:
    """Delete a draft. An adopted plan is never deleted."""
    require(by, PREPARE, plan.collaboration)
    _lock_draft(plan)
    plan.delete()
    record_event(plan.collaboration, Kind.THREW_AWAY, by=by, what=_name_with_version(plan))


@transaction.atomic
def save_part(part: PlanPart, *, words: Mapping[str, Any], by: User) -> None:
    """Save a part of a draft with these values by field name; a new part goes last among its siblings."""
    require(by, PREPARE, plan_of(part).collaboration)
    _lock_draft(plan_of(part))
    for name, value in words.items():
        setattr(part, name, value)
    if part.pk is None:
        last = _siblings(part).aggregate(last=Max("position"))["last"]
        part.position = 0 if last is None else last + 1
    part.save()
    record_event(plan_of(part).collaboration, Kind.WROTE, by=by, what=part)


@transaction.atomic
def move_part(part: PlanPart, *, up: bool, by: User) -> None:
    """Swap places with the sibling above or below."""
    require(by, PREPARE, plan_of(part).collaboration)
    _lock_draft(plan_of(part))
    row = list(_siblings(part))
    place = row.index(part)
    other = place - 1 if up else place + 1
    if 0 <= other < len(row):
        row[place], row[other] = row[other], row[place]
    for position, sibling in enumerate(row):
        type(sibling).objects.filter(pk=sibling.pk).update(position=position)
    record_event(plan_of(part).collaboration, Kind.MOVED, by=by, what=part)


@transaction.atomic
def remove_part(part: PlanPart, *, by: User) -> None:
    """Delete a part of a draft and all below it. Raises Refusal if activities refer to it."""
    require(by, PREPARE, plan_of(part).collaboration)
    _lock_draft(plan_of(part))
    try:
        part.delete()
    except ProtectedError as error:
        raise Refusal("Det finns aktiviteter som bygger på det här. Flytta dem först.", code="in_use") from error
    record_event(plan_of(part).collaboration, Kind.TOOK_AWAY, by=by, what=part)


def plan_of(part: PlanPart) -> JointPlan:
    """The plan that a part belongs to."""
    if isinstance(part, Indicator):
        part = part.goal
    if isinstance(part, Goal):
        part = part.focus_area
    return part.plan


def _name_with_version(plan: JointPlan) -> str:
    return f"{plan}, version {plan.version}"


def _siblings(part: PlanPart) -> Any:
    if isinstance(part, FocusArea):
        return part.plan.focus_areas.all()
    return part.focus_area.goals.all() if isinstance(part, Goal) else part.goal.indicators.all()


def _lock_draft(plan: JointPlan) -> None:
    plan.refresh_from_db(from_queryset=JointPlan.objects.select_for_update(no_key=True))
    if not plan.is_draft:
        raise Refusal("En antagen plan ändras inte. Gör en ny version och ändra den.", code="adopted")


def _refuse_second_draft(collaboration: Collaboration) -> None:
    take_turns(collaboration)
    if collaboration.plans.filter(is_draft=True).exists():
        raise Refusal("Det finns redan ett utkast. Gör klart eller kasta det först.", code="draft_exists")


def _next_version(collaboration: Collaboration, title: str, *, besides: JointPlan | None = None) -> int:
    same = collaboration.plans.filter(title=title)
    if besides:
        same = same.exclude(pk=besides.pk)
    return (same.aggregate(last=Max("version"))["last"] or 0) + 1
