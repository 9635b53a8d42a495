"""What has happened to issues, in time: reports, proposals, each body's answer, activities, moves and closing answers.

Holds only what everybody may read: bodies and seats, never the names of people. A constant number of queries for any
number of issues.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Prefetch

from dialogue.history.events.activities import list_activity_events
from dialogue.history.events.decisions import list_decision_events
from dialogue.history.events.event_types import Event
from dialogue.history.events.groups import list_meetings, list_proposals, list_reports
from dialogue.history.events.outside import list_outside_events
from dialogue.history.events.rounds import list_round_events
from dialogue.issues.quotes import PerspectiveLineage
from dialogue.models import Issue, Round, StepChange


def list_events(issues: Iterable[Issue], lineage: PerspectiveLineage) -> dict[int, list[Event]]:
    """The events of each issue by the issue's key, oldest first."""
    rounds: dict[int, list[Round]] = {issue.pk: [] for issue in issues}
    moves = Prefetch("changes", StepChange.objects.order_by("at", "pk"))
    held = Round.objects.filter(issue__in=rounds).order_by("number")
    for round_ in held.select_related("issue__dialogue").prefetch_related(moves, "issue__dialogue__stages"):
        rounds[round_.issue_id].append(round_)
    by_key = {round_.pk: round_ for rounds_of_issue in rounds.values() for round_ in rounds_of_issue}
    events: dict[int, list[Event]] = defaultdict(list)
    for event in (
        *list_round_events(by_key.values()),
        *list_reports(rounds),
        *list_meetings(rounds),
        *list_proposals(by_key, lineage),
        *list_outside_events(by_key),
        *list_decision_events(by_key),
        *list_activity_events(by_key),
    ):
        events[event.round.issue_id].append(event)
    return {issue: sorted(events[issue], key=_sort_key) for issue in rounds}


def _sort_key(event: Event) -> tuple[dt.date, int, float]:
    """By day, then by the order of the kinds, then answers by the time they were given."""
    return event.on, event.order, event.answered_at.timestamp() if event.answered_at else 0.0
