"""Events of activities: bodies that agreed to lead them, and what was reported of them."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.utils import timezone

from dialogue.history.events.event_types import ActivityReported, CommitmentMade, Event
from dialogue.models import Activity, Commitment, Round
from dialogue.rules.activities import ActivityState, Part


def list_activity_events(rounds: dict[int, Round]) -> Iterator[Event]:
    """Commitments to lead the public activities of these rounds, and the activities' own events. `rounds` by key."""
    promised = Prefetch("commitments", Commitment.objects.promised().select_related("organisation"))
    activities = Activity.objects.public().filter(round__in=rounds)
    for activity in activities.select_related("dialogue__collaboration").prefetch_related(promised, "events"):
        round_, has_begun = rounds[activity.round_id], False
        for commitment in activity.commitments.all():
            if commitment.part == Part.LEAD and commitment.replied_at:
                day = timezone.localdate(commitment.replied_at)
                yield CommitmentMade(day, round_, commitment=commitment, activity=activity)
        for news in activity.events.all():
            day = timezone.localdate(news.at)
            yield ActivityReported(day, round_, activity=activity, news=news, is_resumed=has_begun)
            has_begun = has_begun or news.state == ActivityState.RUNNING
