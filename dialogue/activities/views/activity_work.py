"""The page of those who run an activity: start, add news, pause, end."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.models import User
from actors.permissions.lookups import SignedInRequest
from dialogue.activities import activity_lifecycle
from dialogue.activities.forms.activity_work import ActivityEndForm, ActivityNewsForm, ActivityPauseForm
from dialogue.models import Activity
from dialogue.rules.activities import ActivityState, may_become
from dialogue.rules.rights import RUN_ACTIVITY, TELL_OF_ACTIVITY
from ostberga.lib.authorization import Right
from ostberga.lib.files.whole_files import FileNotStored
from ostberga.lib.web.htmx import render_page


@require_safe
def activity_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """The activity, its events, and the forms that its state allows."""
    return _show(request, _told_activity_of(request, pk))


@require_POST
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Start, or resume after a pause."""
    activity = _activity_of(request, pk)
    activity_lifecycle.start(activity=activity, by=request.user)
    messages.success(request, "Nu pågår aktiviteten. Boende ser det.")
    return redirect("activity-work", pk)


@require_POST
def tell(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add news, with or without a picture."""
    activity = _told_activity_of(request, pk)
    form = ActivityNewsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, activity, news=form)
    try:
        _add_news(activity, request.user, form.cleaned_data)
    except FileNotStored as refusal:  # shown with the words still in the form: they go without the picture
        form.add_error("bild", str(refusal))
        return _show(request, activity, news=form)
    messages.success(request, "Tack! Nu ser alla hur det går.")
    return redirect("activity-work", pk)


@require_POST
def pause(request: SignedInRequest, pk: int) -> HttpResponse:
    """Pause, with the reason."""
    activity = _activity_of(request, pk)
    form = ActivityPauseForm(request.POST)
    if not form.is_valid():
        return _show(request, activity, pause=form)
    activity_lifecycle.pause(activity=activity, by=request.user, why=form.cleaned_data["why"])
    messages.success(request, "Aktiviteten är pausad, och skälet syns.")
    return redirect("activity-work", pk)


@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End it, with the outcome."""
    activity = _activity_of(request, pk)
    form = ActivityEndForm(activity, request.POST)
    if not form.is_valid():
        return _show(request, activity, end=form)
    typed, outcome = form.cleaned_data, form.texts_of("outcome")
    carried_on_by = typed["carried_on_by"] if typed["state"] == ActivityState.HANDED_OVER else ""
    activity_lifecycle.end(
        activity=activity, state=typed["state"], outcome=outcome, by=request.user, carried_on_by=carried_on_by
    )
    messages.success(request, "Aktiviteten är avslutad. Tack för att ni berättade hur det gick.")
    return redirect("activity-work", pk)


def _activity_of(request: SignedInRequest, pk: int, right: Right = RUN_ACTIVITY) -> Activity:
    """An activity that the user's body leads or that she coordinates; 404 for everybody else."""
    related = Activity.objects.select_related("dialogue__collaboration", "issue", "decision", "focus_area")
    return get_object_or_404(right.rows_for(request.user, related), pk=pk)


def _told_activity_of(request: SignedInRequest, pk: int) -> Activity:
    """One whose news she may tell: her body leads it, she coordinates, or she is a communicator."""
    return _activity_of(request, pk, TELL_OF_ACTIVITY)


def _add_news(activity: Activity, by: User, typed: dict[str, Any]) -> None:
    picture, alt = typed["bild"], typed["bildtext"]
    activity_lifecycle.add_news(activity=activity, by=by, text=typed["text"], picture=picture, picture_alt=alt)


def _show(request: SignedInRequest, activity: Activity, **typed: Any) -> HttpResponse:
    forms = {"news": ActivityNewsForm(), "pause": ActivityPauseForm(), "end": ActivityEndForm(activity)} | typed
    may_run = RUN_ACTIVITY.covers(request.user, activity)
    context = {
        "activity": activity,
        "collaboration": activity.dialogue.collaboration,
        "commitments": activity.commitments.accepted().select_related("organisation"),
        "events": activity.events.select_related("by").order_by("-at", "-pk"),
        "may_start": may_run and may_become(activity.state, ActivityState.RUNNING),
        "may_pause": may_run and may_become(activity.state, ActivityState.PAUSED),
        "may_end": may_run and not activity.has_ended,
        "is_public": Activity.objects.public().filter(pk=activity.pk).exists(),
    }
    return render_page(request, "dialogue/activities/activity_work.html", context | forms, status=422 if typed else 200)
