"""A meeting as an iCalendar file, for members of its group."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest
from actors.security_log.recording import exporting
from dialogue.meetings import calling
from dialogue.models import Meeting, WorkingGroup


@require_safe
def meeting_calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """Download the calendar file of a meeting."""
    meetings = Meeting.objects.filter(group__in=WorkingGroup.objects.open_to(request.user))
    meeting = get_object_or_404(meetings.select_related("group__dialogue__collaboration"), pk=pk)
    headers = {"Content-Disposition": f'attachment; filename="mote-{meeting.on:%Y-%m-%d}.ics"'}
    content = calling.calendar_file(meeting)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return exporting(response, on=meeting, collaboration=meeting.group.dialogue.collaboration)
