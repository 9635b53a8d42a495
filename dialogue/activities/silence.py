"""Silent activities: running ones without news for longer than the dialogue's `silent_days`."""

import datetime as dt

from django.db.models import DateTimeField, Max
from django.db.models.functions import Coalesce
from django.utils import timezone

from dialogue.models import Activity
from dialogue.models.activities.activity import ActivityQuerySet
from dialogue.rules.activities import is_silent


def with_last_news(activities: ActivityQuerySet) -> list[Activity]:
    """The activities, each annotated with the time of its last event as `last_news`; in their order, or by start."""
    last = Coalesce(Max("events__at"), "planned_at", output_field=DateTimeField())
    # Grouped rows have no order of their own, whatever the model's Meta says.
    in_order = activities if activities.query.order_by else activities.order_by("start", "pk")
    return list(in_order.annotate(last_news=last).select_related("dialogue__collaboration", "issue"))


def has_gone_silent(activity: Activity, today: dt.date) -> bool:
    """Whether an activity from `with_last_news` has been silent for too long."""
    last: dt.datetime = activity.last_news  # type: ignore[attr-defined]
    return is_silent(activity.state, timezone.localdate(last), today, activity.dialogue.silent_days)
