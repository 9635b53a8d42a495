"""Who comes to a meeting: by seat for the coordinator, as numbers for the group."""

from collections import Counter
from dataclasses import dataclass

from dialogue.groups import letters
from dialogue.models import Meeting, MeetingCall, Seat
from dialogue.rules.calendar_reply import Coming
from dialogue.rules.shown_positions import MIN_SEATS


@dataclass(frozen=True)
class ReplyOverview:
    """What one reader may see. Without `has_numbers` too few have replied for the group to see how many said what."""

    calls: tuple[MeetingCall, ...]  # for the coordinator only
    uncalled: tuple[Seat, ...]  # seats that no call has reached, as those without an address; for the coordinator only
    numbers: tuple[tuple[str, int], ...]  # each reply in words, those who have not replied last
    has_numbers: bool
    least: int = MIN_SEATS


def build_overview(meeting: Meeting, *, coordinates: bool) -> ReplyOverview:
    """Return who comes, for the coordinator, by seat, or for somebody else in the group. Two queries at most."""
    calls = tuple(meeting.calls.select_related("seat__organisation"))
    counted = Counter(call.coming for call in calls)
    labels = [*Coming.choices, ("", "har inte svarat")]
    has_numbers = coordinates or len(calls) - counted[""] >= MIN_SEATS
    numbers = tuple((str(label), counted[value]) for value, label in labels) if has_numbers else ()
    if not coordinates:
        return ReplyOverview((), (), numbers, has_numbers)
    called = {call.seat_id for call in calls}
    uncalled = tuple(seat for seat in letters.seats_on_meeting_day(meeting) if calls and seat.pk not in called)
    return ReplyOverview(calls, uncalled, numbers, has_numbers)
