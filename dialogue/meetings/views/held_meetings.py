"""The coordinator registers a meeting that has been held, and corrects its day and place."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest
from dialogue.meetings import attendance, held_meetings
from dialogue.meetings.forms.held_meetings import DayAndPlaceForm, HeldMeetingForm
from dialogue.permissions.lookups import form_page, group_of, meeting_of


def meeting_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Register a meeting that has been held."""
    group = group_of(request, slug, pk)
    form = HeldMeetingForm(group, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request, "dialogue/meetings/meeting_form.html", group.dialogue.collaboration, form, group=group
        )
    typed = {name: value for name, value in form.cleaned_data.items() if name != "looked"}
    meeting = held_meetings.record_held_meeting(group=group, by=request.user, **typed)
    messages.success(request, "Mötet är inskrivet. Det räknas när protokollet är justerat.")
    return redirect("my-meeting", meeting.pk)


@require_safe
def meeting(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Redirect to the meeting's page, which the group and the coordinator share."""
    return redirect("my-meeting", meeting_of(request, slug, pk).pk)


@transaction.atomic
def meeting_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Correct the day or place of a meeting whose minutes nobody has approved yet."""
    meeting = meeting_of(request, slug, pk)
    form = DayAndPlaceForm(meeting, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        more = {"group": meeting.group, "meeting": meeting}
        return form_page(
            request, "dialogue/meetings/meeting_form.html", meeting.group.dialogue.collaboration, form, **more
        )
    attendance.correct_day_and_place(meeting=meeting, by=request.user, **form.cleaned_data)
    messages.success(request, "Sparat.")
    return redirect("my-meeting", pk)
