"""Endpoints of the script that saves minutes while they are written, and fetches what others have written."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from dialogue.meetings import minutes_editor
from dialogue.meetings.forms.minutes import MeetingFactsForm, MinuteLineForm
from dialogue.meetings.handing_over import find_privacy_flag
from dialogue.meetings.minute_items import MinutesFull
from dialogue.meetings.views.minutes import meeting_of


@require_POST
def line(request: SignedInRequest, pk: int, key: UUID) -> HttpResponse:
    """Save one line. Answers with the key of the line that holds the text, and the version of the next save's base."""
    form = MinuteLineForm(meeting_of(request.user, pk), key, request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.row().errors}, status=422)
    try:
        saved = form.save(by=request.user, writer=request.POST.get("skrivare", "")[:40])
    except MinutesFull as full:
        return JsonResponse({"errors": [f"Inte sparat. {full}"]}, status=422)
    if saved is None:
        return JsonResponse({"key": str(key), "version": 0, "saved": _now(), "beside": False, "warn": ""})
    flag = None if saved.item.is_inner else find_privacy_flag(form.cleaned_data["text"])
    answer = {"key": str(saved.item.pk), "version": saved.version, "beside": saved.is_beside, "saved": _now()}
    return JsonResponse(answer | {"warn": ", ".join(flag.words) if flag else ""})


@require_POST
def facts(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save attendance, approvers, issues and notes."""
    form = MeetingFactsForm(meeting_of(request.user, pk), request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": [error for errors in form.errors.values() for error in errors]}, status=422)
    form.save(by=request.user)
    return JsonResponse({"saved": _now()})


@require_safe
def lines(request: SignedInRequest, pk: int, stamp: str) -> HttpResponse:
    """All lines as HTML; an empty answer (204) when no line has been saved since `stamp`."""
    meeting = meeting_of(request.user, pk)
    if minutes_editor.change_stamp(meeting) == stamp:
        return HttpResponse(status=204)
    return render(
        request,
        "dialogue/meetings/_minutes_lines.html",
        {"editor": minutes_editor.build_editor(meeting), "meeting": meeting},
    )


def _now() -> str:
    return f"{timezone.localtime():%H.%M}"
