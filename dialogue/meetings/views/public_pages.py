"""The public page of a meeting: its locked minutes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from dialogue.meetings import minutes_document
from dialogue.models import Meeting
from ostberga.lib.web.public_pages import public_page


@public_page
def meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The public version of the minutes; 404 before they are locked."""
    meeting = public_meeting(slug, pk)
    minutes = minutes_document.build_minutes(meeting, public=True)
    context = {"collaboration": meeting.group.dialogue.collaboration, "minutes": minutes}
    return render(request, "dialogue/meetings/meeting_public.html", context)


def public_meeting(slug: str, pk: int) -> Meeting:
    """A meeting whose minutes are public. Raises 404 for others."""
    if pk > 2**62:
        raise Http404
    meetings = Meeting.objects.public().select_related("group__dialogue__collaboration")
    return get_object_or_404(meetings, group__dialogue__collaboration__slug=slug, pk=pk)
