"""Who sits in a group on a given day, by role and never by name, and how that has changed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils import timezone

from dialogue.models import Seat, WorkingGroup
from dialogue.rules.staircase import SEAT_WORDS


@dataclass(frozen=True)
class RoleSeats:
    """A role and the seats that carry it; none when nobody does."""

    role: Seat.Role
    seats: tuple[Seat, ...]
    is_missed: bool  # nobody carries it, though the dialogue asks for it


@dataclass(frozen=True)
class GroupComposition:
    """The group on a day."""

    day: dt.date
    voices: tuple[RoleSeats, ...]

    @property
    def seats(self) -> list[Seat]:
        """All of them."""
        return [seat for voice in self.voices for seat in voice.seats]

    @property
    def lacks(self) -> str:
        """«Saknar en boende och en förtroendevald»; empty when all voices are there."""
        words = [SEAT_WORDS[voice.role.value] for voice in self.voices if voice.is_missed]
        return f"Saknar {', '.join(words[:-1])}{' och ' if words[1:] else ''}{words[-1]}" if words else ""


@dataclass(frozen=True)
class SeatChange:
    """Somebody came or left, and why."""

    on: dt.date
    seat: Seat
    came: bool
    reason: str


def build_composition(group: WorkingGroup, day: dt.date | None = None) -> GroupComposition:
    """The group that day. A group that has ended misses nobody."""
    day = day or timezone.localdate()
    prefetch_related_objects([group], "seats__organisation")
    sat = [one for one in group.seats.all() if one.since <= day and (one.until is None or one.until >= day)]
    has_ended = group.ended_on is not None and group.ended_on < day
    asked = () if has_ended else group.dialogue.gate_seats
    return GroupComposition(day, tuple(_voice(role, sat, role.value in asked) for role in Seat.Role))


def list_seat_changes(group: WorkingGroup) -> list[SeatChange]:
    """All comings and goings, the latest first. The first composition is not a change of it."""
    prefetch_related_objects([group], "seats__organisation")
    seats = list(group.seats.all())
    first = min((one.since for one in seats), default=group.started_on)
    came = [SeatChange(one.since, one, True, one.reason) for one in seats if one.since > first or one.reason]
    left = [SeatChange(one.until, one, False, one.left_reason) for one in seats if one.until]
    return sorted([*came, *left], key=lambda one: (one.on, one.seat.pk), reverse=True)


def parse_group_day(group: WorkingGroup, typed: str | None) -> dt.date | None:
    """A day of the group's life that somebody asked for; None when it is not one."""
    try:
        day = dt.date.fromisoformat(typed or "")
    except ValueError:
        return None
    last = min(group.ended_on or timezone.localdate(), timezone.localdate())
    return day if group.started_on <= day <= last and day.isoformat() == typed else None


def _voice(role: Seat.Role, sat: Iterable[Seat], is_asked_for: bool) -> RoleSeats:
    seats = tuple(one for one in sat if one.role == role)
    return RoleSeats(role, seats, is_asked_for and not seats)
