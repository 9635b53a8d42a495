"""The joint plan is written as a draft, adopted, and then only changed as a new version."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from actors.models import Collaboration, FocusArea, Goal, Indicator, JointPlan, User
from actors.models.history import Kind, record_event
from ostberga.lib.refusal import Refusal

# A part of a plan: an area, a goal in it, or an indicator of a goal.
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
    """Begin the first plan, or a plan for another time."""
    _refuse_second_draft(collaboration)
    made = JointPlan.objects.create(
        collaboration=collaboration,
        title=title,
        introduction=introduction,
        starts_on=starts_on,
        ends_on=ends_on,
        version=_next_version(collaboration, title),
        is_draft=True,
    )
    record_event(collaboration, Kind.DRAFTED, by=by, what=_named(made))
    return made


@transaction.atomic
def create_new_version(plan: JointPlan, *, by: User) -> JointPlan:
    """A draft that begins as a copy of the whole plan; the old version stays as it was."""
    _refuse_second_draft(plan.collaboration)
    areas = list(plan.focus_areas.prefetch_related("goals__indicators"))
    names = ("collaboration", "title", "introduction", "starts_on", "ends_on")
    copied = {name: getattr(plan, name) for name in names}
    made = JointPlan.objects.create(version=_next_version(plan.collaboration, plan.title), is_draft=True, **copied)
    for area in areas:
        _copy_area(area, made)
    record_event(plan.collaboration, Kind.COPIED, by=by, what=_named(made))
    return made


def _copy_area(area: FocusArea, plan: JointPlan) -> None:
    into = FocusArea.objects.create(plan=plan, position=area.position, name=area.name, description=area.description)
    for goal in area.goals.all():
        copy = Goal.objects.create(focus_area=into, position=goal.position, text=goal.text)
        names = ("position", "text", "direction", "source")
        Indicator.objects.bulk_create(
            Indicator(goal=copy, **{name: getattr(one, name) for name in names}) for one in goal.indicators.all()
        )


@transaction.atomic
def update_draft(plan: JointPlan, *, words: Mapping[str, Any], by: User) -> None:
    """Title, introduction and period of a draft."""
    _lock_draft(plan)
    for name, value in words.items():
        setattr(plan, name, value)
    plan.version = _next_version(plan.collaboration, plan.title, besides=plan)
    plan.save()
    record_event(plan.collaboration, Kind.RETITLED, by=by, what=_named(plan))


@transaction.atomic
def adopt_draft(plan: JointPlan, *, by: User) -> None:
    """The draft becomes the plan that everyone reads. Raises Refusal if it holds nothing to follow up."""
    _lock_draft(plan)
    empty = plan.focus_areas.filter(goals=None).values_list("name", flat=True).first()
    if empty is not None or not plan.focus_areas.exists():
        missing = f"Fokusområdet {empty} har inget mål." if empty else "Planen har inget fokusområde."
        raise Refusal(f"{missing} Skriv det först.", code="plan_is_empty")
    plan.is_draft, plan.adopted_at, plan.adopted_by = False, timezone.now(), by
    plan.save(update_fields=["is_draft", "adopted_at", "adopted_by"])
    record_event(plan.collaboration, Kind.ADOPTED, by=by, what=_named(plan))
    plan.collaboration.bump_public_version()


@transaction.atomic
def discard_draft(plan: JointPlan, *, by: User) -> None:
    """Remove a draft. An adopted plan is never removed."""
    _lock_draft(plan)
    plan.delete()
    record_event(plan.collaboration, Kind.THREW_AWAY, by=by, what=_named(plan))


@transaction.atomic
def save_part(part: PlanPart, *, words: Mapping[str, Any], by: User) -> None:
    """Write a part of a draft; a new one comes last among its siblings."""
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
    """Change places with the one above or below."""
    _lock_draft(plan_of(part))
    row = list(_siblings(part))
    place = row.index(part)
    other = place - 1 if up else place + 1
    if 0 <= other < len(row):
        row[place], row[other] = row[other], row[place]
    for position, one in enumerate(row):
        type(one).objects.filter(pk=one.pk).update(position=position)
    record_event(plan_of(part).collaboration, Kind.MOVED, by=by, what=part)


@transaction.atomic
def remove_part(part: PlanPart, *, by: User) -> None:
    """Remove a part of a draft and all below it."""
    _lock_draft(plan_of(part))
    try:
        part.delete()
    except ProtectedError as error:
        raise Refusal("Det finns aktiviteter som bygger på det här. Flytta dem först.", code="in_use") from error
    record_event(plan_of(part).collaboration, Kind.TOOK_AWAY, by=by, what=part)


def plan_of(part: PlanPart) -> JointPlan:
    """The plan that a part stands in."""
    if isinstance(part, Indicator):
        part = part.goal
    if isinstance(part, Goal):
        part = part.focus_area
    return part.plan


def _named(plan: JointPlan) -> str:
    return f"{plan}, version {plan.version}"


def _siblings(part: PlanPart) -> Any:
    if isinstance(part, FocusArea):
        return part.plan.focus_areas.all()
    return part.focus_area.goals.all() if isinstance(part, Goal) else part.goal.indicators.all()


def _lock_draft(plan: JointPlan) -> None:
    plan.refresh_from_db(from_queryset=JointPlan.objects.select_for_update())
    if not plan.is_draft:
        raise Refusal("En antagen plan ändras inte. Gör en ny version och ändra den.", code="adopted")


def _refuse_second_draft(collaboration: Collaboration) -> None:
    Collaboration.objects.select_for_update().get(pk=collaboration.pk)
    if collaboration.plans.filter(is_draft=True).exists():
        raise Refusal("Det finns redan ett utkast. Gör klart eller kasta det först.", code="draft_exists")


def _next_version(collaboration: Collaboration, title: str, *, besides: JointPlan | None = None) -> int:
    same = collaboration.plans.filter(title=title)
    if besides:
        same = same.exclude(pk=besides.pk)
    return (same.aggregate(last=Max("version"))["last"] or 0) + 1
