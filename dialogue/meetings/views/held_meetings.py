"""The coordinator writes in a meeting that was held without the product, and mends its day. Then it is as any other."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest
from dialogue.meetings import attendance, held_meetings
from dialogue.meetings.forms.held_meetings import DayAndPlaceForm, HeldMeetingForm
from dialogue.permissions.lookups import form_page, group_of, meeting_of


def meeting_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Write in a meeting that has been held."""
    found = group_of(request, slug, pk)
    form = HeldMeetingForm(found, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(
            request, "dialogue/meetings/meeting_form.html", found.dialogue.collaboration, form, group=found
        )
    said = {name: value for name, value in form.cleaned_data.items() if name != "looked"}
    made = held_meetings.record_held_meeting(group=found, by=request.user, **said)
    messages.success(request, "Mötet är inskrivet. Det räknas när protokollet är justerat.")
    return redirect("my-meeting", made.pk)


@require_safe
def meeting(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """A meeting has one page, for the group and the coordinator alike."""
    return redirect("my-meeting", meeting_of(request, slug, pk).pk)


def meeting_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Mend the day or the place of a meeting whose minutes nobody has approved yet."""
    found = meeting_of(request, slug, pk)
    form = DayAndPlaceForm(found, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        more = {"group": found.group, "meeting": found}
        return form_page(
            request, "dialogue/meetings/meeting_form.html", found.group.dialogue.collaboration, form, **more
        )
    attendance.correct_day_and_place(meeting=found, by=request.user, **form.cleaned_data)
    messages.success(request, "Sparat.")
    return redirect("my-meeting", pk)
