"""Pages to plan, call, move and cancel meetings, for the coordinator and for a chair with an account."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from dialogue.groups import letters
from dialogue.meetings import agenda, calling
from dialogue.meetings.agenda import Point
from dialogue.meetings.forms.meetings import CancelMeetingForm, MeetingTimeForm, PlanMeetingForm, PointForm
from dialogue.models import Meeting, WorkingGroup
from dialogue.permissions.lookups import form_page
from dialogue.rules.minutes_approval import Phase
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.web.htmx import render_page

STEPS = {"upp": -1, "ner": 1}


def meeting_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """Plan a meeting, with an agenda suggested from what is open."""
    groups = WorkingGroup.objects.led_by(request.user).select_related("dialogue__collaboration")
    group = get_object_or_404(groups, pk=pk)
    form = PlanMeetingForm(group, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request, "dialogue/meetings/meeting_plan.html", group.dialogue.collaboration, form, group=group
        )
    when = {name: form.cleaned_data[name] for name in ("on", "starts_at", "ends_at", "place")}
    meeting = calling.plan(group=group, by=request.user, points=form.agenda, **when)
    return redirect("meeting-call", meeting.pk)


@require_safe
def meeting_call(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agenda, and who will get the call."""
    return _call_page(request, _led_meeting(request, pk), PointForm())


@require_POST
def agenda_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a suggested point or a typed one."""
    meeting = _led_meeting(request, pk)
    offered = {suggestion.key: suggestion.point for suggestion in agenda.suggest_points(meeting.group, meeting.on)}
    chosen, form = offered.get(request.POST.get("forslag", "")), PointForm(request.POST)
    if chosen is None and not form.is_valid():
        return _call_page(request, meeting, form)
    calling.add_points(meeting=meeting, points=[chosen or Point(form.cleaned_data["text"])], by=request.user)
    return redirect("meeting-call", pk)


@require_POST
def agenda_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move a point up or down, or remove it."""
    meeting = _led_meeting(request, pk)
    action, _, typed = request.POST.get("punkt", "").partition(":")
    if action in STEPS:
        calling.move_point(meeting=meeting, point=parse_id(typed), steps=STEPS[action], by=request.user)
    elif action == "bort":
        calling.remove_point(meeting=meeting, point=parse_id(typed), by=request.user)
    return redirect("meeting-call", pk)


@require_POST
def meeting_send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the call."""
    sent = calling.call(meeting=_led_meeting(request, pk), by=request.user)
    messages.success(request, f"Kallelsen är skriven till {sent} i gruppen och skickas nu.")
    return redirect("meeting-call", pk)


@transaction.atomic
def meeting_move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change day, time or place."""
    meeting = _led_meeting(request, pk)
    form = MeetingTimeForm(request.POST or None, meeting=meeting)
    if request.method != "POST" or not form.is_valid():
        collaboration = meeting.group.dialogue.collaboration
        return form_page(request, "dialogue/meetings/meeting_move.html", collaboration, form, meeting=meeting)
    sent = calling.move(meeting=meeting, by=request.user, **form.cleaned_data)
    messages.success(request, f"Sparat. {sent} får en ny kallelse." if sent else "Sparat.")
    return redirect("meeting-call", pk)


def meeting_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cancel the meeting, with a reason."""
    meeting = _led_meeting(request, pk)
    form = CancelMeetingForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        collaboration = meeting.group.dialogue.collaboration
        return form_page(request, "dialogue/meetings/meeting_cancel.html", collaboration, form, meeting=meeting)
    sent = calling.cancel(meeting=meeting, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, f"Mötet är inställt. {sent} får brev om det." if sent else "Mötet är inställt.")
    return redirect("my-group", meeting.group_id)


def _led_meeting(request: SignedInRequest, pk: int) -> Meeting:
    meetings = Meeting.objects.filter(group__in=WorkingGroup.objects.led_by(request.user))
    return get_object_or_404(meetings.select_related("group__dialogue__collaboration"), pk=pk)


def _call_page(request: SignedInRequest, meeting: Meeting, form: PointForm) -> HttpResponse:
    points = list(meeting.agenda.all())
    seats = letters.seats_on_meeting_day(meeting)
    context = {
        "collaboration": meeting.group.dialogue.collaboration,
        "meeting": meeting,
        "is_planned": meeting.phase == Phase.PLANNED,
        "points": points,
        "more": agenda.suggest_further_points(meeting, points),
        "form": form,
        "readers": len(letters.seats_by_address(seats)),
        "unreached": [seat for seat in seats if not letters.address_of(seat)],
    }
    return render_page(request, "dialogue/meetings/meeting_call.html", context, status=422 if form.is_bound else 200)
