"""The coordinator's working groups: who sits in them, who is missing, and who has left."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from actors.views.workshop import SignedInRequest, collaboration_of
from dialogue.forms.groups import GroupForm, LastDayForm, SeatForm
from dialogue.groups import forming, rooms
from dialogue.views.workshop import current_dialogue, form_page, group_of
from ostberga.lib.htmx import render_page
from ostberga.lib.keys import number_in


@require_safe
def groups(request: SignedInRequest, slug: str) -> HttpResponse:
    """All groups, those that still meet first."""
    collaboration = collaboration_of(request, slug)
    dialogue = collaboration.dialogues.current().first()
    shown = {"collaboration": collaboration, "dialogue": dialogue, "rows": rooms.of(collaboration)}
    return render_page(request, "dialogue/groups.html", shown)


def group_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """A new group around one or more issues."""
    collaboration = collaboration_of(request, slug)
    dialogue = current_dialogue(collaboration)
    form = GroupForm(dialogue, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        form.initial["issues"] = dialogue.issues.filter(pk__in=[number_in(one) for one in request.GET.getlist("fraga")])
        return form_page(request, "dialogue/group_form.html", collaboration, form)
    made = forming.form(dialogue=dialogue, by=request.user, **form.cleaned_data)
    messages.success(request, "Gruppen finns nu. Lägg till dess platser.")
    return redirect("coordinate:group", slug, made.pk)


@require_safe
def group(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A group at a glance: seats, meetings and what it proposes."""
    found = group_of(request, slug, pk)
    shown = {
        "collaboration": found.dialogue.collaboration,
        "group": found,
        "room": rooms.room_of(found),
        "meetings": found.meetings.order_by("-on", "-pk")
        .prefetch_related("issues", "present", "approvals__seat__organisation"),
        "proposals": found.proposals.select_related("issue", "round"),
    }
    return render_page(request, "dialogue/group.html", shown)


def group_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """New words for the group, and the issues it works with."""
    found = group_of(request, slug, pk)
    form = GroupForm(found.dialogue, request.POST or None, group=found)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/group_form.html", found.dialogue.collaboration, form, group=found)
    forming.describe(group=found, **form.cleaned_data)
    messages.success(request, "Sparat.")
    return redirect("coordinate:group", slug, pk)


def seat_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A new seat in the group."""
    found = group_of(request, slug, pk)
    form = SeatForm(found, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "dialogue/seat_form.html", found.dialogue.collaboration, form, group=found)
    typed = form.cleaned_data
    made = forming.seat(
        group=found, role=typed["role"], organisation=typed["organisation"], user=typed["user"], on=typed["since"]
    )
    messages.success(request, f"{made} har en plats i gruppen.")
    return redirect("coordinate:group", slug, pk)


def seat_leave(request: SignedInRequest, slug: str, pk: int, seat_pk: int) -> HttpResponse:
    """Somebody leaves the group; what she was part of stays."""
    found = group_of(request, slug, pk)
    seat = get_object_or_404(found.seats.select_related("organisation"), pk=seat_pk)
    form = LastDayForm(seat.since, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        more = {"group": found, "heading": f"{seat} lämnar gruppen", "button": "Avsluta platsen"}
        return form_page(request, "dialogue/last_day.html", found.dialogue.collaboration, form, **more)
    forming.leave(seat=seat, on=form.cleaned_data["on"])
    messages.success(request, f"{seat} har lämnat gruppen. Numret används inte igen.")
    return redirect("coordinate:group", slug, pk)


def group_end(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The group has done its work."""
    found = group_of(request, slug, pk)
    form = LastDayForm(found.started_on, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        more = {"group": found, "heading": f"Avsluta {found}", "button": "Avsluta gruppen"}
        return form_page(request, "dialogue/last_day.html", found.dialogue.collaboration, form, **more)
    forming.end(group=found, on=form.cleaned_data["on"])
    messages.success(request, "Gruppen är avslutad. Möten och förslag finns kvar.")
    return redirect("coordinate:group", slug, pk)
