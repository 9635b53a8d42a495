"""Working groups as the coordinator sees them: who has a seat today, who has left, and whose voice is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils import timezone

from actors.models import Collaboration
from dialogue.models import Seat, WorkingGroup
from dialogue.staircase import SEAT_WORDS


@dataclass(frozen=True)
class Room:
    """A group with its seats."""

    group: WorkingGroup
    seats: list[Seat]
    left: list[Seat]
    lacks: str  # «Saknar en boende och en förtroendevald»; empty when all voices are there
    unapproved: int  # meetings whose notes nobody has approved


def of(collaboration: Collaboration) -> list[Room]:
    """All its groups, those that still meet first. The number of queries does not depend on how many."""
    found = WorkingGroup.objects.filter(dialogue__collaboration=collaboration).select_related("dialogue")
    groups = found.prefetch_related("seats__organisation", "issues", "meetings")
    return [room_of(one) for one in sorted(groups, key=lambda one: (one.ended_on is not None, one.name.lower()))]


def room_of(group: WorkingGroup) -> Room:
    """One group."""
    today = timezone.localdate()
    prefetch_related_objects([group], "seats__organisation", "meetings")
    seats = list(group.seats.all())
    held = [one for one in seats if one.until is None or one.until >= today]
    roles = {one.role for one in held}
    lacking = [] if group.ended_on else [one for one in group.dialogue.gate_seats if one not in roles]
    unapproved = sum(1 for one in group.meetings.all() if one.approved_on is None)
    return Room(group, held, [one for one in seats if one not in held], _lacks(lacking), unapproved)


def _lacks(roles: Iterable[str]) -> str:
    words = [SEAT_WORDS.get(one, one) for one in roles]
    return f"Saknar {', '.join(words[:-1])}{' och ' if words[1:] else ''}{words[-1]}" if words else ""
