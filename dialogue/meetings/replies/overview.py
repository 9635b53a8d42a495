"""Who comes to a meeting: by seat for the coordinator, as numbers for the group."""

from collections import Counter
from dataclasses import dataclass

from dialogue.models import Meeting, MeetingCall
from dialogue.rules.calendar_reply import Coming
from dialogue.rules.shown_positions import MIN_SEATS


@dataclass(frozen=True)
class ReplyOverview:
    """What one reader may see. Without `has_numbers` too few have replied for the group to see how many said what."""

    calls: tuple[MeetingCall, ...]  # for the coordinator only
    numbers: tuple[tuple[str, int], ...]  # each reply in words, those who have not replied last
    has_numbers: bool
    least: int = MIN_SEATS


def build_overview(meeting: Meeting, *, coordinates: bool) -> ReplyOverview:
    """Return who comes, for the coordinator or for somebody else in the group. One query."""
    calls = tuple(meeting.calls.select_related("seat__organisation"))
    counted = Counter(call.coming for call in calls)
    labels = [*Coming.choices, ("", "har inte svarat")]
    has_numbers = coordinates or len(calls) - counted[""] >= MIN_SEATS
    numbers = tuple((str(label), counted[value]) for value, label in labels) if has_numbers else ()
    return ReplyOverview(calls if coordinates else (), numbers, has_numbers)
