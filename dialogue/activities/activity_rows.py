"""Rows of the coordinator's activity lists: the activity, its commitments, and what needs to be done about it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils import timezone

from actors.models import Collaboration
from dialogue.activities.silence import has_gone_silent, with_last_news
from dialogue.models import Activity, ActivityEvent, Commitment
from dialogue.models.activities.activity import ActivityQuerySet
from dialogue.rules.activities import ENDS, ActivityState, Part, Reply


@dataclass(frozen=True)
class ActivityRow:
    """An activity with all its commitments."""

    activity: Activity
    commitments: list[Commitment]
    is_silent: bool

    @property
    def lead(self) -> Commitment | None:
        """The accepted commitment to lead it, if any."""
        accepted = (commitment for commitment in self.commitments if commitment.reply == Reply.ACCEPTED)
        return next((commitment for commitment in accepted if commitment.part == Part.LEAD), None)

    @property
    def unanswered(self) -> list[Commitment]:
        """Commitments that a body was asked for and has not answered."""
        return [commitment for commitment in self.commitments if commitment.reply == Reply.ASKED]

    @property
    def counter_offers(self) -> list[Commitment]:
        """Counter-offers that the coordinator has not taken or refused; none once the activity has ended."""
        if self.activity.state in ENDS:
            return []
        return [commitment for commitment in self.commitments if commitment.reply == Reply.COUNTERED]

    @property
    def pending_leads(self) -> list[Commitment]:
        """Requests to lead it that are not settled: unanswered, or with a counter-offer."""
        pending = (commitment for commitment in self.commitments if commitment.reply in (Reply.ASKED, Reply.COUNTERED))
        return [commitment for commitment in pending if commitment.part == Part.LEAD]

    @property
    def needs_review(self) -> bool:
        """Whether it has gone silent, or something about it is to be seen over."""
        return self.is_silent or bool(self.activity.concern)

    @property
    def needs_lead(self) -> bool:
        """Whether it goes on with nobody leading it and nobody asked to."""
        return self.activity.state not in ENDS and self.lead is None and not self.pending_leads


def rows_needing_attention(collaboration: Collaboration, patience: int, today: dt.date) -> list[ActivityRow]:
    """Activities that have not ended and lack a lead, an answer, a review, or any news for `patience` days."""
    going_on = Activity.objects.filter(dialogue__collaboration=collaboration).exclude(state__in=ENDS)
    unsettled = Commitment.objects.filter(reply__in=[Reply.ASKED, Reply.COUNTERED, Reply.DECLINED])
    lead_commitments = Commitment.objects.accepted().filter(part=Part.LEAD)
    recent_events = ActivityEvent.objects.filter(at__date__gte=today - dt.timedelta(days=patience))
    runs = Q(state__in=[ActivityState.RUNNING, ActivityState.PAUSED])
    needs = (
        Q(pk__in=unsettled.values("activity"))
        | ~Q(pk__in=lead_commitments.values("activity"))
        | ~Q(concern="")
        | (runs & ~Q(pk__in=recent_events.values("activity")))
    )
    return _build_week_rows(going_on.filter(needs), today)


def build_activity_rows(activities: ActivityQuerySet, today: dt.date | None = None) -> list[ActivityRow]:
    """A row per activity. Two queries."""
    with_mandates = Commitment.objects.select_related(
        "organisation", "mandate__confirmed_by", "mandate__registry_change__proposed_by", "registry_change__proposed_by"
    )
    commitments = Prefetch("commitments", with_mandates)
    related = activities.select_related("decision", "focus_area", "round").prefetch_related(commitments)
    return [_row(activity, today or timezone.localdate()) for activity in with_last_news(related)]


def _build_week_rows(activities: ActivityQuerySet, today: dt.date) -> list[ActivityRow]:
    """Rows with only the columns that the coordinator's week shows: there may be many."""
    replied = ("activity", "part", "reply", "due_on", "asked_at", "replied_at", "left_at")
    named = ("organisation__name", "organisation__short_name")
    commitments = Commitment.objects.select_related("organisation").only(*replied, *named)
    around = ("issue__slug", "dialogue__silent_days", "dialogue__collaboration__slug")
    narrow = activities.only("title", "state", "concern", "planned_at", *around)
    return [
        _row(activity, today)
        for activity in with_last_news(narrow.prefetch_related(Prefetch("commitments", commitments)))
    ]


def _row(activity: Activity, today: dt.date) -> ActivityRow:
    return ActivityRow(activity, list(activity.commitments.all()), has_gone_silent(activity, today))
