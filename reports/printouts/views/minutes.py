"""Minutes as PDF: the public version for everyone, the group's version for its members."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest
from actors.security_log.recording import exporting
from dialogue.meetings.views.minutes import meeting_of
from dialogue.meetings.views.public_pages import public_meeting
from dialogue.models import Meeting
from reports.printouts import minutes


@login_not_required
@require_safe
def minutes_pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The public minutes as PDF."""
    return _answer(request, public_meeting(slug, pk), public=True)


@require_safe
def my_minutes_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The group's minutes as PDF, with internal lines; also before they are locked."""
    return _answer(request, meeting_of(request.user, pk), public=False)


def _answer(request: HttpRequest, meeting: Meeting, *, public: bool) -> HttpResponse:
    pdf = minutes.render_minutes_pdf(meeting, public=public)
    if pdf is None:
        context = {"meeting": meeting, "collaboration": meeting.group.dialogue.collaboration, "public": public}
        return render(request, "reports/printouts/minutes_away.html", context, status=503)
    name = f"protokoll-{meeting.on:%Y-%m-%d}{'' if public else '-gruppen'}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    headers["Cache-Control"] = "public, no-cache" if public else "private, no-store"
    response = HttpResponse(pdf, content_type="application/pdf", headers=headers)
    return exporting(response, on=meeting, collaboration=meeting.group.dialogue.collaboration)
