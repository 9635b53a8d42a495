"""Minutes that save themselves: each line as it is written, and what the others have written since."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from dialogue.meetings import minutes_editor
from dialogue.meetings.forms.minutes import MeetingFactsForm, MinuteLineForm
from dialogue.meetings.handing_over import find_privacy_flag
from dialogue.meetings.views.minutes import meeting_of


@require_POST
def line(request: SignedInRequest, pk: int, key: UUID) -> HttpResponse:
    """Save one line. Tells where the words are, and the version to write on from."""
    form = MinuteLineForm(meeting_of(request.user, pk), key, request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.row().errors}, status=422)
    written = form.save(by=request.user, writer=request.POST.get("skrivare", "")[:40])
    if written is None:
        return JsonResponse({"key": str(key), "version": 0, "saved": _now(), "beside": False, "warn": ""})
    raised = None if written.item.is_inner else find_privacy_flag(form.cleaned_data["text"])
    said = {"key": str(written.item.pk), "version": written.version, "beside": written.is_beside, "saved": _now()}
    return JsonResponse(said | {"warn": ", ".join(raised.words) if raised else ""})


@require_POST
def facts(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save who was there and what it came to."""
    form = MeetingFactsForm(meeting_of(request.user, pk), request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": [error for errors in form.errors.values() for error in errors]}, status=422)
    form.save()
    return JsonResponse({"saved": _now()})


@require_safe
def lines(request: SignedInRequest, pk: int, stamp: str) -> HttpResponse:
    """All lines as they are now; nothing when no line has been saved since `stamp`."""
    meeting = meeting_of(request.user, pk)
    if minutes_editor.change_stamp(meeting) == stamp:
        return HttpResponse(status=204)
    return render(
        request,
        "dialogue/meetings/_minutes_lines.html",
        {"sheet": minutes_editor.build_editor(meeting), "meeting": meeting},
    )


def _now() -> str:
    return f"{timezone.localtime():%H.%M}"
