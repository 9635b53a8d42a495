"""What is done once a day: reminders before and after a deadline, questions about silence, expired decisions."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from dialogue.activities.silence import has_gone_silent, with_last_news
from dialogue.decisions import expiring
from dialogue.letters import to_officials
from dialogue.models import Activity, PartDecision
from dialogue.pulse import pulses
from dialogue.rules.activities import ActivityState

BEFORE = dt.timedelta(days=7)


def every_day(today: dt.date | None = None) -> None:
    """Run all of it. Safe to run twice: each letter is sent once."""
    today = today or timezone.localdate()
    expiring.expire(today)
    remind_of_answers(today)
    ask_about_silent_activities(today)
    pulses.clean_up_closed(today)


@transaction.atomic
def remind_of_answers(today: dt.date) -> int:
    """Send a letter a week before an answer is due, and one when the day has passed. Returns how many."""
    waiting = PartDecision.objects.open().select_for_update(skip_locked=True, of=["self"])
    related = waiting.select_related("organisation", "decision__dialogue__collaboration")
    soon = list(related.filter(due_on__range=(today, today + BEFORE), reminded_at__isnull=True))
    late = list(related.filter(due_on__lt=today, overdue_told_at__isnull=True))
    for part in [*soon, *late]:
        to_officials.remind(part)
    now = timezone.now()
    PartDecision.objects.filter(pk__in=[part.pk for part in soon]).update(reminded_at=now)
    PartDecision.objects.filter(pk__in=[part.pk for part in late]).update(overdue_told_at=now)
    return len(soon) + len(late)


@transaction.atomic
def ask_about_silent_activities(today: dt.date) -> int:
    """Ask how activities without news for long are going, once until there is news. Returns how many letters."""
    going_on = Activity.objects.filter(state__in=[ActivityState.RUNNING, ActivityState.PAUSED], alarmed_at__isnull=True)
    waiting = going_on.select_for_update(skip_locked=True).values_list("pk", flat=True)
    locked = Activity.objects.filter(pk__in=list(waiting))  # another worker has locked the rest
    silent = [activity for activity in with_last_news(locked) if has_gone_silent(activity, today)]
    for activity in silent:
        to_officials.ask_how_it_goes(activity)
    Activity.objects.filter(pk__in=[activity.pk for activity in silent]).update(alarmed_at=timezone.now())
    return len(silent)
