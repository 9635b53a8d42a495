"""Activities as the coordinator follows them: who leads, who is asked, what is silent and what needs another look."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils import timezone

from actors.models import Collaboration
from dialogue.activities.silence import has_gone_silent, with_last_news
from dialogue.models import Activity, ActivityEvent, Commitment
from dialogue.models.activity import ActivityQuerySet
from dialogue.rules.activities import ENDS, ActivityState, Part, Reply
from ostberga.lib.id_parsing import parse_id

NEEDS_REVIEW = "att-se-over"


@dataclass(frozen=True)
class ActivityRow:
    """An activity with what waits in it."""

    activity: Activity
    asked: list[Commitment]
    is_silent: bool

    @property
    def lead(self) -> Commitment | None:
        """Who has promised to lead it."""
        led = (one for one in self.asked if one.part == Part.LEAD and one.reply == Reply.ACCEPTED)
        return next(led, None)

    @property
    def waiting(self) -> list[Commitment]:
        """Those that have not answered."""
        return [one for one in self.asked if one.reply == Reply.ASKED]

    @property
    def offers(self) -> list[Commitment]:
        """Counter-offers to take a stand on."""
        return [one for one in self.asked if one.reply == Reply.COUNTERED and self.activity.state not in ENDS]

    @property
    def needs_lead(self) -> bool:
        """Nobody leads it and nobody is asked to, though it has not ended."""
        waits = any(one.part == Part.LEAD and one.reply in (Reply.ASKED, Reply.COUNTERED) for one in self.asked)
        return self.activity.state not in ENDS and self.lead is None and not waits


def list_activity_rows(
    collaboration: Collaboration, *, state: str = "", body: str = "", today: dt.date | None = None
) -> list[ActivityRow]:
    """Its activities, as chosen, by when they begin. The number of queries does not depend on how many."""
    found = Activity.objects.filter(dialogue__collaboration=collaboration)
    if state in ActivityState.values:
        found = found.filter(state=state)
    if number := parse_id(body):
        asked = Q(commitments__organisation=number) & ~Q(commitments__reply=Reply.WITHDRAWN)
        found = found.filter(pk__in=Activity.objects.filter(asked).values("pk"))
    rows = build_activity_rows(found, today)
    return [one for one in rows if one.is_silent or one.activity.concern] if state == NEEDS_REVIEW else rows


def rows_needing_attention(collaboration: Collaboration, patience: int, today: dt.date) -> list[ActivityRow]:
    """What has not ended and waits for something: a lead, an answer, another look, or news since `patience` days."""
    going_on = Activity.objects.filter(dialogue__collaboration=collaboration).exclude(state__in=ENDS)
    unsettled = Commitment.objects.filter(reply__in=[Reply.ASKED, Reply.COUNTERED, Reply.DECLINED])
    led = Commitment.objects.accepted().filter(part=Part.LEAD)
    told = ActivityEvent.objects.filter(at__date__gte=today - dt.timedelta(days=patience))
    runs = Q(state__in=[ActivityState.RUNNING, ActivityState.PAUSED])
    needs = (
        Q(pk__in=unsettled.values("activity"))
        | ~Q(pk__in=led.values("activity"))
        | ~Q(concern="")
        | (runs & ~Q(pk__in=told.values("activity")))
    )
    return _build_week_rows(going_on.filter(needs), today)


def build_activity_rows(activities: ActivityQuerySet, today: dt.date | None = None) -> list[ActivityRow]:
    """These, with what waits in them. Two queries."""
    asked = Prefetch("commitments", Commitment.objects.select_related("organisation"))
    found = activities.select_related("decision", "focus_area", "round").prefetch_related(asked)
    return [_row(one, today or timezone.localdate()) for one in with_last_news(found)]


def _build_week_rows(activities: ActivityQuerySet, today: dt.date) -> list[ActivityRow]:
    """The same with only what the week tells of them: there may be many."""
    replied = ("activity", "part", "reply", "due_on", "asked_at", "replied_at", "left_at")
    named = ("organisation__name", "organisation__short_name")
    asked = Commitment.objects.select_related("organisation").only(*replied, *named)
    around = ("issue__slug", "dialogue__silent_days", "dialogue__collaboration__slug")
    found = activities.only("title", "state", "concern", "planned_at", *around)
    return [_row(one, today) for one in with_last_news(found.prefetch_related(Prefetch("commitments", asked)))]


def _row(activity: Activity, today: dt.date) -> ActivityRow:
    return ActivityRow(activity, list(activity.commitments.all()), has_gone_silent(activity, today))
