"""The page of a group for those who have a seat in it, and for its coordinator."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from actors.views.workshop import SignedInRequest
from dialogue.forms.positions import all_mine
from dialogue.groups import calling, member, ordering
from dialogue.models import Meeting, WorkingGroup
from ostberga.lib.htmx import render_page


@require_safe
def my_group(request: SignedInRequest, pk: int) -> HttpResponse:
    """What we are to do, when we meet, what we have said, and what I took upon myself."""
    mine = WorkingGroup.objects.open_to(request.user).select_related("dialogue__collaboration", "chair__organisation")
    found = get_object_or_404(mine, pk=pk)
    page = member.page(found, request.user)
    shown = {
        "collaboration": found.dialogue.collaboration,
        "page": page,
        "rows": all_mine(page.seat) if page.seat else [],
        "orders": ordering.of(found),
    }
    return render_page(request, "dialogue/my_group.html", shown)


@require_safe
def meeting_calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    """A meeting for one's own calendar."""
    mine = Meeting.objects.filter(group__in=WorkingGroup.objects.open_to(request.user))
    found = get_object_or_404(mine.select_related("group__dialogue__collaboration"), pk=pk)
    named = {"Content-Disposition": f'attachment; filename="mote-{found.on:%Y-%m-%d}.ics"'}
    return HttpResponse(calling.calendar_file(found), content_type="text/calendar; charset=utf-8", headers=named)
