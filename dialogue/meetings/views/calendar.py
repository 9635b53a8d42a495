"""A meeting as a calendar file, for those who have a seat in its group."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest
from dialogue.meetings import calling
from dialogue.models import Meeting, WorkingGroup


@require_safe
def meeting_calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """A meeting for one's own calendar."""
    mine = Meeting.objects.filter(group__in=WorkingGroup.objects.open_to(request.user))
    found = get_object_or_404(mine.select_related("group__dialogue__collaboration"), pk=pk)
    named = {"Content-Disposition": f'attachment; filename="mote-{found.on:%Y-%m-%d}.ics"'}
    return HttpResponse(calling.calendar_file(found), content_type="text/calendar; charset=utf-8", headers=named)
