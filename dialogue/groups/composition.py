"""Composition of a working group on a given day, by role and seat (never by name), and how it has changed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils import timezone

from dialogue.models import Seat, WorkingGroup
from dialogue.rules.staircase import SEAT_WORDS


@dataclass(frozen=True)
class RoleSeats:
    """A role and the seats held in it on a day."""

    role: Seat.Role
    seats: tuple[Seat, ...]
    is_missing: bool  # nobody has a seat in this role, though the dialogue requires one


@dataclass(frozen=True)
class GroupComposition:
    """All roles of a group on a day, with the seats held in each."""

    day: dt.date
    roles: tuple[RoleSeats, ...]

    @property
    def seats(self) -> list[Seat]:
        """All seats held that day."""
        return [seat for role_seats in self.roles for seat in role_seats.seats]

    @property
    def lacks(self) -> str:
        """Missing roles in words, «Saknar en boende och en förtroendevald»; empty when none is missing."""
        words = [SEAT_WORDS[role_seats.role.value] for role_seats in self.roles if role_seats.is_missing]
        return f"Saknar {', '.join(words[:-1])}{' och ' if words[1:] else ''}{words[-1]}" if words else ""


@dataclass(frozen=True)
class SeatChange:
    """A seat was taken (`came`) or left, and why."""

    on: dt.date
    seat: Seat
    came: bool
    reason: str


def build_composition(group: WorkingGroup, day: dt.date | None = None) -> GroupComposition:
    """The composition on `day`, by default today. In a group that has ended no role is missing."""
    day = day or timezone.localdate()
    prefetch_related_objects([group], "seats__organisation")
    held = [seat for seat in group.seats.all() if seat.since <= day and (seat.until is None or seat.until >= day)]
    has_ended = group.ended_on is not None and group.ended_on < day
    required = () if has_ended else group.dialogue.gate_seats
    return GroupComposition(day, tuple(_role_seats(role, held, role.value in required) for role in Seat.Role))


def list_seat_changes(group: WorkingGroup) -> list[SeatChange]:
    """All seats taken and left, latest first. Seats of the first day count only if they have a reason."""
    prefetch_related_objects([group], "seats__organisation")
    seats = list(group.seats.all())
    first = min((seat.since for seat in seats), default=group.started_on)
    came = [SeatChange(seat.since, seat, True, seat.reason) for seat in seats if seat.since > first or seat.reason]
    left = [SeatChange(seat.until, seat, False, seat.left_reason) for seat in seats if seat.until]
    return sorted([*came, *left], key=lambda change: (change.on, change.seat.pk), reverse=True)


def parse_group_day(group: WorkingGroup, typed: str | None) -> dt.date | None:
    """The ISO date in a URL; None unless it is a day between the group's start and its end (or today)."""
    try:
        day = dt.date.fromisoformat(typed or "")
    except ValueError:
        return None
    last = min(group.ended_on or timezone.localdate(), timezone.localdate())
    return day if group.started_on <= day <= last and day.isoformat() == typed else None


def _role_seats(role: Seat.Role, held: Iterable[Seat], is_required: bool) -> RoleSeats:
    seats = tuple(seat for seat in held if seat.role == role)
    return RoleSeats(role, seats, is_required and not seats)
