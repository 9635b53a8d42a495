"""Who leads a group plans its meetings: the coordinator, or the chair if she has an account."""

from django.contrib import messages
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

RELATED = ("dialogue__collaboration",)
STEPS = {"upp": -1, "ner": 1}


def meeting_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new meeting, with an agenda proposed from what is open."""
    mine = WorkingGroup.objects.led_by(request.user).select_related(*RELATED)
    group = get_object_or_404(mine, pk=pk)
    form = PlanMeetingForm(group, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request, "dialogue/meetings/meeting_plan.html", group.dialogue.collaboration, form, group=group
        )
    when = {name: form.cleaned_data[name] for name in ("on", "starts_at", "ends_at", "place")}
    made = calling.plan(group=group, by=request.user, points=form.agenda, **when)
    return redirect("meeting-call", made.pk)


@require_safe
def meeting_call(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agenda as it stands, and who will get the call."""
    return _call_page(request, _led(request, pk), PointForm())


@require_POST
def agenda_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """One more point: one that follows from what is open, or one's own."""
    found = _led(request, pk)
    offered = {one.key: one.point for one in agenda.suggest_points(found.group, found.on)}
    chosen, form = offered.get(request.POST.get("forslag", "")), PointForm(request.POST)
    if chosen is None and not form.is_valid():
        return _call_page(request, found, form)
    calling.add_points(meeting=found, points=[chosen or Point(form.cleaned_data["text"])], by=request.user)
    return redirect("meeting-call", pk)


@require_POST
def agenda_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """A point goes up, down or away."""
    found = _led(request, pk)
    act, _, typed = request.POST.get("punkt", "").partition(":")
    if act in STEPS:
        calling.move_point(meeting=found, point=parse_id(typed), by=STEPS[act])
    elif act == "bort":
        calling.remove_point(meeting=found, point=parse_id(typed))
    return redirect("meeting-call", pk)


@require_POST
def meeting_send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the call."""
    sent = calling.call(meeting=_led(request, pk), by=request.user)
    messages.success(request, f"Kallelsen är skriven till {sent} i gruppen och skickas nu.")
    return redirect("meeting-call", pk)


def meeting_move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another day, time or place."""
    found = _led(request, pk)
    form = MeetingTimeForm(request.POST or None, meeting=found)
    if request.method != "POST" or not form.is_valid():
        collaboration = found.group.dialogue.collaboration
        return form_page(request, "dialogue/meetings/meeting_move.html", collaboration, form, meeting=found)
    sent = calling.move(meeting=found, by=request.user, **form.cleaned_data)
    messages.success(request, f"Sparat. {sent} får en ny kallelse." if sent else "Sparat.")
    return redirect("meeting-call", pk)


def meeting_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """There will be no meeting."""
    found = _led(request, pk)
    form = CancelMeetingForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        collaboration = found.group.dialogue.collaboration
        return form_page(request, "dialogue/meetings/meeting_cancel.html", collaboration, form, meeting=found)
    sent = calling.cancel(meeting=found, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, f"Mötet är inställt. {sent} får brev om det." if sent else "Mötet är inställt.")
    return redirect("my-group", found.group_id)


def _led(request: SignedInRequest, pk: int) -> Meeting:
    mine = Meeting.objects.filter(group__in=WorkingGroup.objects.led_by(request.user))
    return get_object_or_404(mine.select_related("group__dialogue__collaboration"), pk=pk)


def _call_page(request: SignedInRequest, meeting: Meeting, form: PointForm) -> HttpResponse:
    points = list(meeting.agenda.all())
    about = {(one.issue_id, one.proposal_id, one.commitment_id, one.promise_id) for one in points}
    seats = letters.seats_on_meeting_day(meeting)
    shown = {
        "collaboration": meeting.group.dialogue.collaboration,
        "meeting": meeting,
        "is_planned": meeting.phase == Phase.PLANNED,
        "points": points,
        "more": [one for one in agenda.suggest_points(meeting.group, meeting.on) if one.point.about not in about],
        "form": form,
        "readers": len(letters.seats_by_address(seats)),
        "unreached": [one for one in seats if not letters.address_of(one)],
    }
    return render_page(request, "dialogue/meetings/meeting_call.html", shown, status=422 if form.is_bound else 200)
