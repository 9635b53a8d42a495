"""What a decision means for the activities that rest on it: they pause, move to a new decision, or are flagged."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone

from actors.models import User
from dialogue.models import Activity, Decision
from dialogue.rules.activities import ActivityState


def lock_activities_under(decisions: Collection[int]) -> None:
    """Lock the activities that rest on these, before a mandate is locked, as whoever promises something does."""
    rest = Q(decision__in=decisions) | Q(started_under__in=decisions)
    list(Activity.objects.select_for_update(no_key=True).filter(rest).order_by("pk"))


def pause_activities_under(
    decision: Decision, why: str, *, by: User | None = None, at: dt.datetime | None = None
) -> None:
    """Pause running activities under a decision, and flag planned and paused ones. The caller has locked them all."""
    at = at or timezone.now()
    for activity in Activity.objects.filter(Q(decision=decision) | Q(started_under=decision)).order_by("pk"):
        if activity.state == ActivityState.RUNNING:
            activity.state = ActivityState.PAUSED
            activity.events.create(state=ActivityState.PAUSED, text=why, decision=decision, by=by, at=at)
        if activity.state in (ActivityState.PLANNED, ActivityState.PAUSED):
            activity.concern = why
            activity.save(update_fields=["state", "concern"])


def repoint_activities(earlier: Decision, later: Decision, *, by: User, at: dt.datetime) -> None:
    """Repoint activities from the superseded decision to the new one. They pause if it is not in force at `at`.

    The caller has locked them all.
    """
    for activity in Activity.objects.filter(decision=earlier).order_by("pk"):
        activity.decision = later
        if activity.started_under_id == earlier.pk and not activity.has_ended:
            activity.started_under = later
            activity.events.create(text=f"Vilar nu på beslutet «{later}».", decision=later, by=by, at=at)
        activity.save(update_fields=["decision", "started_under"])
    if not Decision.objects.in_force(timezone.localdate(at)).filter(pk=later.pk).exists():
        pause_activities_under(later, _why_not_in_force(later, timezone.localdate(at)), by=by, at=at)


def _why_not_in_force(decision: Decision, day: dt.date) -> str:
    """Why a decision that all bodies approved is not in force on a day."""
    if decision.valid_from is not None and decision.valid_from > day:
        return f"Det nya beslutet gäller från {decision.valid_from:%Y-%m-%d}."
    return f"Det nya beslutet gällde till {decision.valid_until:%Y-%m-%d}."


def flag_activities_starting_before(decision: Decision, day: dt.date) -> None:
    """Flag planned activities that start before the day when the decision is expected."""
    early = Activity.objects.filter(decision=decision, state=ActivityState.PLANNED, start__lt=day)
    early.update(concern=f"Beslutet väntas {day:%Y-%m-%d}, efter att aktiviteten skulle ha börjat. Se över tiden.")
