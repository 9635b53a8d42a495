"""The page of a meeting for its group and coordinator: minutes being written, waiting for approval, or locked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from actors.models import User
from actors.permissions.lookups import SignedInRequest
from dialogue.meetings import approving, handing_over, minute_items, minutes_document, minutes_editor, promises
from dialogue.meetings.forms.minutes import AdditionForm, ApproveMineForm, MinutesForm, PromiseOutcomeForm
from dialogue.meetings.replies import overview
from dialogue.models import Meeting, MinuteItem
from dialogue.rules.minutes_approval import Phase
from dialogue.rules.rights import SPEAK_FOR_SEAT
from ostberga.lib.web.htmx import render_page

RELATED = ("group__dialogue__collaboration", "group__chair__organisation")
LINE_ACTIONS = {"stryk": minute_items.strike_line, "angra": minute_items.restore_line, "behall": minute_items.keep_both}


def _not_saved(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show the typed texts that could not be saved since the minutes are closed, to copy."""
    typed = [str(text).strip() for name, text in request.POST.items() if name.endswith(("-text", "notes"))]
    stored = set(meeting.items.values_list("text", flat=True)) | {meeting.notes}
    context = {"texts": [text for text in dict.fromkeys(typed) if text and text not in stored], "meeting": meeting}
    return render(request, "dialogue/meetings/minutes_unsaved.html", context, status=409)


def my_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """The meeting. While its minutes are open, every button saves everything typed before its own action."""
    meeting = meeting_of(request.user, pk)
    if request.method != "POST":
        return show(request, meeting)
    with transaction.atomic():
        minute_items.lock_meeting(meeting)
        return _write(request, meeting, request.user) if meeting.phase == Phase.OPEN else _not_saved(request, meeting)


def _write(request: SignedInRequest, meeting: Meeting, user: User) -> HttpResponse:
    form = MinutesForm(meeting, request.POST)
    if not form.is_valid():
        return show(request, meeting, editor=minutes_editor.build_editor(meeting, typed=form.rows()), status=422)
    try:
        conflicts = form.save(by=user)
    except minute_items.MinutesFull as full:
        messages.error(request, f"Inget är sparat. {full}")
        return show(request, meeting, editor=minutes_editor.build_editor(meeting, typed=form.rows()), status=422)
    if conflicts:
        messages.warning(request, "Någon annan skrev i samma rad. Båda texterna finns kvar, bredvid varandra.")
    return _act(request, meeting, user)


def _act(request: SignedInRequest, meeting: Meeting, user: User) -> HttpResponse:
    """Do what the pressed button says, once all that was typed is saved."""
    action, _, key = request.POST.get("gor", "").partition(" ")
    if action == "klart":
        return _hand_over(request, meeting, user)
    if action in LINE_ACTIONS:
        item = get_object_or_404(MinuteItem, meeting=meeting, pk=key)
        LINE_ACTIONS[action](item=item, by=user)
        return redirect(f"{request.path}#rad-{item.pk}" if action != "stryk" else request.path)
    messages.success(request, "Sparat.")
    return redirect("my-meeting", meeting.pk)


def _hand_over(request: SignedInRequest, meeting: Meeting, user: User) -> HttpResponse:
    confirmed = request.POST.getlist("bekraftat")
    if missing := handing_over.find_missing(meeting, confirmed):
        return show(request, meeting, editor=minutes_editor.build_editor(meeting, missing=missing), status=422)
    handing_over.hand_over(meeting=meeting, by=user, confirmed=confirmed)
    messages.success(request, "Protokollet är lämnat för justering.")
    return redirect("my-meeting", meeting.pk)


@require_POST
def minutes_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin the meeting and open its minutes."""
    minute_items.open_minutes(meeting=meeting_of(request.user, pk), by=request.user)
    return redirect("my-meeting", pk)


@require_POST
def minutes_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the minutes back to change them."""
    handing_over.reopen(meeting=meeting_of(request.user, pk), by=request.user)
    messages.success(request, "Protokollet går att skriva i igen. Lämna det för justering på nytt när det är klart.")
    return redirect("my-meeting", pk)


@require_POST
def minutes_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve the minutes for a seat."""
    meeting = meeting_of(request.user, pk)
    form = ApproveMineForm(meeting, request.POST)
    if not form.is_valid():
        return show(request, meeting, status=422)
    seat, on = form.cleaned_data["seat"], form.cleaned_data["on"]
    locked = approving.approve(meeting=meeting, seat=seat, by=request.user, on=on)
    thanks = "Protokollet är justerat och låst. Nu kan alla läsa det." if locked else f"Tack! {seat} har justerat."
    messages.success(request, thanks)
    return redirect("my-meeting", pk)


@require_POST
def minutes_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add to locked minutes."""
    meeting = meeting_of(request.user, pk)
    form = AdditionForm(request.POST)
    if not form.is_valid():
        return show(request, meeting, addition=form, status=422)
    approving.add_addition(meeting=meeting, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, "Tillägget står nu under protokollet.")
    return redirect("my-meeting", pk)


def my_promise(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A promise made at a meeting, with its outcome or the form to tell it."""
    item = get_object_or_404(promises.tellable_by(request.user), pk=pk)
    form = PromiseOutcomeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"item": item, "form": form, "collaboration": item.meeting.group.dialogue.collaboration}
        return render_page(request, "dialogue/meetings/my_promise.html", context, status=422 if form.is_bound else 200)
    typed = form.cleaned_data
    promises.tell_outcome(item=item, became=typed["became"], words=typed["text"], by=request.user)
    messages.success(request, "Tack! Nu står det i protokollet hur det gick.")
    return redirect("my-promise", pk)


def meeting_of(user: User, pk: int) -> Meeting:
    """A meeting of a group where the user has a seat today, or that the user coordinates. Raises 404 for others."""
    return get_object_or_404(Meeting.objects.written_by(user).select_related(*RELATED), pk=pk)


def show(request: SignedInRequest, meeting: Meeting, *, status: int = 200, **more: Any) -> HttpResponse:
    """Render the page for the phase of the meeting. `more` is extra context; `editor` replaces the stored minutes."""
    context: dict[str, Any] = {
        "meeting": meeting,
        "group": meeting.group,
        "collaboration": meeting.group.dialogue.collaboration,
    }
    context["coordinates"] = Meeting.objects.coordinated_by(request.user).filter(pk=meeting.pk).exists()
    if meeting.phase == Phase.OPEN:
        context["editor"] = more.pop("editor", None) or minutes_editor.build_editor(meeting)
    elif meeting.phase in (Phase.WAITING, Phase.LOCKED):
        context |= {"addition": AdditionForm(), **_reading_context(request, meeting)}
    elif meeting.phase == Phase.PLANNED and meeting.invited_at:
        context["coming"] = overview.build_overview(meeting, coordinates=context["coordinates"])
    return render_page(request, "dialogue/meetings/my_meeting.html", context | more, status=status)


def _reading_context(request: SignedInRequest, meeting: Meeting) -> dict[str, Any]:
    """The minutes, who approves them, and the promises whose outcome the user may tell."""
    return {
        "minutes": minutes_document.build_minutes(meeting, public=False),
        "approvals": _approvals(request, meeting),
        "to_tell": promises.tellable_by(request.user).filter(meeting=meeting, outcome=None),
        "is_open_to_all": Meeting.objects.public().filter(pk=meeting.pk).exists(),
    }


def _approvals(request: SignedInRequest, meeting: Meeting) -> list[dict[str, Any]]:
    """Rows of the seats that have not approved, with a form for those that the user may approve for."""
    if meeting.phase != Phase.WAITING:
        return []
    user, rows = request.user, []
    for seat in approving.list_pending_approvers(meeting):
        may, mine = SPEAK_FOR_SEAT.covers(user, seat), seat.holder == user
        form = ApproveMineForm(meeting, seat=seat) if may else None
        rows.append({"seat": seat, "form": form, "mine": mine})
    return rows
