"""What a decision means for the activities that rest on it: they pause, move to a new decision, or are flagged."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from actors.models import User
from dialogue.models import Activity, Decision
from dialogue.models.dialogue import Texts
from dialogue.rules.activities import ActivityState
from ostberga.lib.translations.sentences import in_all_languages


def lock_activities_under(decisions: Collection[int]) -> None:
    """Lock the activities that rest on these, before a mandate is locked, as whoever promises something does."""
    rest = Q(decision__in=decisions) | Q(started_under__in=decisions)
    list(Activity.objects.select_for_update(no_key=True).filter(rest).order_by("pk"))


def pause_activities_under(
    decision: Decision, said: Texts, words: str = "", *, by: User | None = None, at: dt.datetime | None = None
) -> None:
    """Pause running activities under a decision, and flag planned and paused ones. The caller has locked them all.

    `said`: what the system says about why, by language; `words`: what a person wrote about it.
    """
    at = at or timezone.now()
    for activity in Activity.objects.filter(Q(decision=decision) | Q(started_under=decision)).order_by("pk"):
        if activity.state == ActivityState.RUNNING:
            activity.state = ActivityState.PAUSED
            event = {"state": ActivityState.PAUSED, "said": said, "text": words}
            activity.events.create(**event, decision=decision, by=by, at=at)
        if activity.state in (ActivityState.PLANNED, ActivityState.PAUSED):
            activity.concern = f"{said['sv']} {words}".strip()
            activity.save(update_fields=["state", "concern"])


def repoint_activities(earlier: Decision, later: Decision, *, by: User, at: dt.datetime) -> None:
    """Repoint activities from the superseded decision to the new one. They pause if it is not in force at `at`.

    The caller has locked them all.
    """
    for activity in Activity.objects.filter(decision=earlier).order_by("pk"):
        activity.decision = later
        if activity.started_under_id == earlier.pk and not activity.has_ended:
            activity.started_under = later
            said = in_all_languages(_("Vilar nu på beslutet «%(decision)s»."), decision=later)
            activity.events.create(said=said, decision=later, by=by, at=at)
        activity.save(update_fields=["decision", "started_under"])
    if not Decision.objects.in_force(timezone.localdate(at)).filter(pk=later.pk).exists():
        pause_activities_under(later, _why_not_in_force(later, timezone.localdate(at)), by=by, at=at)


def _why_not_in_force(decision: Decision, day: dt.date) -> Texts:
    """Why a decision that all bodies approved is not in force on a day."""
    if decision.valid_from is not None and decision.valid_from > day:
        return in_all_languages(_("Det nya beslutet gäller från %(day)s."), day=decision.valid_from)
    return in_all_languages(_("Det nya beslutet gällde till %(day)s."), day=decision.valid_until)


def flag_activities_starting_before(decision: Decision, day: dt.date) -> None:
    """Flag planned activities that start before the day when the decision is expected."""
    early = Activity.objects.filter(decision=decision, state=ActivityState.PLANNED, start__lt=day)
    early.update(concern=f"Beslutet väntas {day:%Y-%m-%d}, efter att aktiviteten skulle ha börjat. Se över tiden.")
