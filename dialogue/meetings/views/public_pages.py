"""What residents see of a meeting: minutes that are locked."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from dialogue.meetings import minutes_document
from dialogue.models import Meeting
from ostberga.lib.web.public_pages import public_page


@public_page
def meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The public version of the minutes; nothing before they are locked."""
    found = open_to_all(slug, pk)
    context = {
        "collaboration": found.group.dialogue.collaboration,
        "p": minutes_document.build_minutes(found, public=True),
    }
    return render(request, "dialogue/meetings/meeting_public.html", context)


def open_to_all(slug: str, pk: int) -> Meeting:
    """A meeting whose minutes everybody may read."""
    if pk > 2**62:
        raise Http404
    found = Meeting.objects.public().select_related("group__dialogue__collaboration")
    return get_object_or_404(found, group__dialogue__collaboration__slug=slug, pk=pk)
