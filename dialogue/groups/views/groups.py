"""The coordinator's working groups: what they are to do, who sits in them on which day, and what was done to them."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, collaboration_of
from dialogue.groups import composition, forming, group_overview, prioritising, seating
from dialogue.groups.forms.groups import GroupForm, LastDayForm
from dialogue.models import WorkingGroup
from dialogue.permissions.lookups import current_dialogue, form_page, group_of
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page

EVENTS_SHOWN = 30


@require_safe
def groups(request: SignedInRequest, slug: str) -> HttpResponse:
    """All groups, those that still meet first."""
    collaboration = collaboration_of(request, slug)
    dialogue = collaboration.dialogues.current().first()
    shown = {
        "collaboration": collaboration,
        "dialogue": dialogue,
        "rows": group_overview.list_group_rows(collaboration),
    }
    return render_page(request, "dialogue/groups/groups.html", shown)


def group_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """A new group around one or more issues."""
    collaboration = collaboration_of(request, slug)
    dialogue = current_dialogue(collaboration)
    form = GroupForm(dialogue, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        form.initial["issues"] = dialogue.issues.filter(pk__in=[parse_id(one) for one in request.GET.getlist("fraga")])
        return form_page(request, "dialogue/groups/group_form.html", collaboration, form)
    made = forming.create_group(dialogue=dialogue, by=request.user, **form.cleaned_data)
    messages.success(request, "Gruppen finns nu. Lägg till dess platser.")
    return redirect("coordinate:group", slug, made.pk)


@require_safe
def group(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A group at a glance: its seats on a day, its meetings, what it proposes, and what was done to it."""
    found = group_of(request, slug, pk)
    day = composition.parse_group_day(found, request.GET.get("den")) or timezone.localdate()
    return render_page(request, "dialogue/groups/group.html", {**_about(found), **_seats(found, day)})


def _about(group: WorkingGroup) -> dict[str, Any]:
    return {
        "collaboration": group.dialogue.collaboration,
        "group": group,
        "room": group_overview.build_group_row(group),
        "lacks_chair": group_overview.lacks_chair(group),
        "meetings": group.meetings.order_by("-on", "-pk").prefetch_related("issues", "present", "approvals__seat"),
        "proposals": group.proposals.select_related("issue", "round"),
        "orders": prioritising.list_orders(group),
        # Beside the reasons that come in, who took a stand and when would say what she thinks.
        "events": group.events.exclude(kind="took_stand").select_related("by")[:EVENTS_SHOWN],
    }


def _seats(group: WorkingGroup, day: dt.date) -> dict[str, Any]:
    return {
        "then": composition.build_composition(group, day),
        "is_today": day == timezone.localdate(),
        "places": group_overview.list_seat_holders(group, day),
        "changes": composition.list_seat_changes(group),
    }


def group_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """New words for the group, the issues it works with, who leads its meetings and who stands for its minutes."""
    found = group_of(request, slug, pk)
    form = GroupForm(found.dialogue, request.POST or None, group=found)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/groups/group_form.html", found.dialogue.collaboration, form, group=found)
    chair = form.cleaned_data.pop("chair")
    forming.update_group(group=found, by=request.user, **form.cleaned_data)
    seating.appoint_chair(group=found, chair=chair, by=request.user)
    messages.success(request, "Sparat.")
    return redirect("coordinate:group", slug, pk)


def group_end(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The group has done its work."""
    found = group_of(request, slug, pk)
    form = LastDayForm(found.started_on, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        more = {"group": found, "heading": f"Avsluta {found}", "button": "Avsluta gruppen"}
        return form_page(request, "dialogue/groups/last_day.html", found.dialogue.collaboration, form, **more)
    forming.end_group(group=found, on=form.cleaned_data["on"], by=request.user)
    messages.success(request, "Gruppen är avslutad. Möten och förslag finns kvar.")
    return redirect("coordinate:group", slug, pk)
