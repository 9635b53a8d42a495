"""An activity in the hands of those who run it: begin, tell, pause, end."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from actors.permissions.lookups import SignedInRequest
from dialogue.activities import activity_lifecycle
from dialogue.activities.forms.activity_work import ActivityEndForm, ActivityNewsForm, ActivityPauseForm
from dialogue.models import Activity
from dialogue.rules.activities import ActivityState, may_become
from ostberga.lib.web.htmx import render_page


@require_safe
def activity_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """How it stands, and what can be done now."""
    return _show(request, _activity_of(request, pk))


@require_POST
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin, or go on after a pause."""
    found = _activity_of(request, pk)
    activity_lifecycle.start(activity=found, by=request.user)
    messages.success(request, "Nu pågår aktiviteten. Boende ser det.")
    return redirect("activity-work", pk)


@require_POST
def tell(request: SignedInRequest, pk: int) -> HttpResponse:
    """News, with a picture if there is one."""
    found = _activity_of(request, pk)
    form = ActivityNewsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, found, news=form)
    said = form.cleaned_data
    alt = said["bildtext"] if said["bild"] else ""
    activity_lifecycle.add_news(
        activity=found, by=request.user, text=said["text"], picture=said["bild"], picture_alt=alt
    )
    messages.success(request, "Tack! Nu ser alla hur det går.")
    return redirect("activity-work", pk)


@require_POST
def pause(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop for a while."""
    found = _activity_of(request, pk)
    form = ActivityPauseForm(request.POST)
    if not form.is_valid():
        return _show(request, found, pause=form)
    activity_lifecycle.pause(activity=found, by=request.user, why=form.cleaned_data["why"])
    messages.success(request, "Aktiviteten är pausad, och skälet syns.")
    return redirect("activity-work", pk)


@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """An honest end."""
    found = _activity_of(request, pk)
    form = ActivityEndForm(found, request.POST)
    if not form.is_valid():
        return _show(request, found, end=form)
    said, outcome = form.cleaned_data, form.texts_of("outcome")
    carried_on_by = said["carried_on_by"] if said["state"] == ActivityState.HANDED_OVER else ""
    activity_lifecycle.end(
        activity=found, state=said["state"], outcome=outcome, by=request.user, carried_on_by=carried_on_by
    )
    messages.success(request, "Aktiviteten är avslutad. Tack för att ni berättade hur det gick.")
    return redirect("activity-work", pk)


def _activity_of(request: SignedInRequest, pk: int) -> Activity:
    """One that her body leads, or that she coordinates. For all others it does not exist."""
    related = ("dialogue__collaboration", "issue", "decision", "focus_area")
    return get_object_or_404(Activity.objects.run_by(request.user).select_related(*related), pk=pk)


def _show(request: SignedInRequest, found: Activity, **typed: Any) -> HttpResponse:
    forms = {"news": ActivityNewsForm(), "pause": ActivityPauseForm(), "end": ActivityEndForm(found)} | typed
    shown = {
        "activity": found,
        "collaboration": found.dialogue.collaboration,
        "promises": found.commitments.accepted().select_related("organisation"),
        "events": found.events.select_related("by").order_by("-at", "-pk"),
        "may_start": may_become(found.state, ActivityState.RUNNING),
        "may_pause": may_become(found.state, ActivityState.PAUSED),
        "is_public": Activity.objects.public().filter(pk=found.pk).exists(),
    }
    return render_page(request, "dialogue/activities/activity_work.html", shown | forms, status=422 if typed else 200)
