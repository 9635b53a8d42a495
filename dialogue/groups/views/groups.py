"""The coordinator's pages of working groups: list, one group with its seats on a day, create, edit, end."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest, helped_collaboration_of
from actors.rules.rights import READ
from dialogue.groups import composition, forming, group_overview, prioritising, seating
from dialogue.groups.forms.groups import GroupForm, LastDayForm
from dialogue.models import Dialogue, WorkingGroup
from dialogue.permissions.choosing import in_running_dialogue
from dialogue.permissions.lookups import form_page, group_of
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page

EVENTS_SHOWN = 30


@require_safe
def groups(request: SignedInRequest, slug: str) -> HttpResponse:
    """All groups, active ones first."""
    collaboration = helped_collaboration_of(request, slug, READ)
    context = {
        "collaboration": collaboration,
        "dialogues": collaboration.dialogues.current(),
        "rows": group_overview.list_group_rows(collaboration),
    }
    return render_page(request, "dialogue/groups/groups.html", context)


@in_running_dialogue
def group_new(request: SignedInRequest, dialogue: Dialogue) -> HttpResponse:
    """Create a group around one or more issues of a dialogue."""
    form = GroupForm(dialogue, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        chosen = [parse_id(typed) for typed in request.GET.getlist("fraga")]
        form.initial["issues"] = dialogue.issues.filter(pk__in=chosen)
        return form_page(request, "dialogue/groups/group_form.html", dialogue.collaboration, form, dialogue=dialogue)
    group = forming.create_group(dialogue=dialogue, by=request.user, **form.cleaned_data)
    messages.success(request, "Gruppen finns nu. Lägg till dess platser.")
    return redirect("coordinate:group", dialogue.collaboration.slug, group.pk)


@require_safe
def group(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One group: its seats on a day, meetings, proposals and events."""
    group = group_of(request, slug, pk, READ)
    day = composition.parse_group_day(group, request.GET.get("den")) or timezone.localdate()
    return render_page(request, "dialogue/groups/group.html", {**_group_context(group), **_seat_context(group, day)})


def _group_context(group: WorkingGroup) -> dict[str, Any]:
    return {
        "collaboration": group.dialogue.collaboration,
        "group": group,
        "row": group_overview.build_group_row(group),
        "lacks_chair": group_overview.lacks_chair(group),
        "meetings": group.meetings.order_by("-on", "-pk").prefetch_related("issues", "present", "approvals__seat"),
        "proposals": group.proposals.select_related("issue", "round"),
        "orders": prioritising.list_orders(group),
        # Not who took a position and when: beside the reasons that come in, this would reveal whose they are.
        "events": group.events.select_related("by")[:EVENTS_SHOWN],
    }


def _seat_context(group: WorkingGroup, day: dt.date) -> dict[str, Any]:
    return {
        "composition": composition.build_composition(group, day),
        "is_today": day == timezone.localdate(),
        "seat_holders": group_overview.list_seat_holders(group, day),
        "changes": composition.list_seat_changes(group),
    }


@transaction.atomic
def group_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Edit a group's name, mandate, issues, chair and rule for approving minutes."""
    group = group_of(request, slug, pk)
    form = GroupForm(group.dialogue, request.POST or None, group=group)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/groups/group_form.html", group.dialogue.collaboration, form, group=group)
    chair = form.cleaned_data.pop("chair")
    forming.update_group(group=group, by=request.user, **form.cleaned_data)
    seating.appoint_chair(group=group, chair=chair, by=request.user)
    messages.success(request, "Sparat.")
    return redirect("coordinate:group", slug, pk)


def group_end(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """End a group."""
    group = group_of(request, slug, pk)
    form = LastDayForm(group.started_on, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        more = {"group": group, "heading": f"Avsluta {group}", "button": "Avsluta gruppen"}
        return form_page(request, "dialogue/groups/last_day.html", group.dialogue.collaboration, form, **more)
    forming.end_group(group=group, on=form.cleaned_data["on"], by=request.user)
    messages.success(request, "Gruppen är avslutad. Möten och förslag finns kvar.")
    return redirect("coordinate:group", slug, pk)
