"""Working groups as the coordinator sees them: who has a seat, how she is reached, and whose voice is missing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from actors.models import Collaboration, User
from actors.people.memberships import people_of
from dialogue.groups import composition
from dialogue.groups.composition import GroupComposition
from dialogue.models import Meeting, Seat, WorkingGroup
from dialogue.rules.minutes_approval import ApprovalRule, Phase


@dataclass(frozen=True)
class GroupRow:
    """A group with its seats today."""

    group: WorkingGroup
    now: GroupComposition
    meetings: int  # that have been held
    unapproved: int  # whose minutes nobody has approved yet
    coming: Meeting | None

    @property
    def seats(self) -> list[Seat]:
        """Those held today."""
        return self.now.seats

    @property
    def lacks(self) -> str:
        """Whose voice is missing."""
        return self.now.lacks


@dataclass(frozen=True)
class SeatHolderRow:
    """A seat with the one who has it. For the coordinator's eyes alone: a resident is nobody's business but hers."""

    seat: Seat
    holder: str
    is_invited: bool  # has not taken the invitation
    is_chair: bool


def list_group_rows(collaboration: Collaboration) -> list[GroupRow]:
    """All its groups, those that still meet first. The number of queries does not depend on how many."""
    found = WorkingGroup.objects.filter(dialogue__collaboration=collaboration).select_related("dialogue")
    groups = found.prefetch_related("seats__organisation", "issues", "meetings")
    return [
        build_group_row(one) for one in sorted(groups, key=lambda one: (one.ended_on is not None, one.name.lower()))
    ]


def build_group_row(group: WorkingGroup) -> GroupRow:
    """One group."""
    prefetch_related_objects([group], "seats__organisation", "meetings")
    now = composition.build_composition(group)
    meetings = [one for one in group.meetings.all() if one.phase != Phase.CANCELLED]
    planned = [one for one in meetings if one.phase == Phase.PLANNED]
    coming = min((one for one in planned if one.on >= now.day), key=lambda one: (one.on, one.pk), default=None)
    unapproved = sum(1 for one in meetings if one.phase in (Phase.OPEN, Phase.WAITING))
    return GroupRow(group, now, len(meetings) - len(planned), unapproved, coming)


def list_seat_holders(group: WorkingGroup, day: dt.date) -> list[SeatHolderRow]:
    """The seats of that day with how each is reached."""
    related = ("organisation", "user", "invitation__accepted_by")
    order = list(Seat.Role)
    seats = sorted(
        Seat.objects.on(day).filter(group=group).select_related(*related),
        key=lambda one: (order.index(Seat.Role(one.role)), one.number),
    )
    known = set(people_of(group.dialogue.collaboration).values_list("pk", flat=True)) if seats else set()
    return [_place(one, group, known) for one in seats]


def lacks_chair(group: WorkingGroup) -> bool:
    """Whether the one who is to approve the minutes does not exist."""
    return group.approval == ApprovalRule.CHAIR and group.chair_id is None and group.ended_on is None


def _place(seat: Seat, group: WorkingGroup, known: Iterable[int]) -> SeatHolderRow:
    invitation, user = seat.invitation, seat.user
    taken = user or (invitation.accepted_by if invitation else None)
    is_invited = bool(invitation and not taken and not invitation.withdrawn_at)
    return SeatHolderRow(seat, _holder(seat, taken, known), is_invited, group.chair_id == seat.pk)


def _holder(seat: Seat, user: User | None, known: Iterable[int]) -> str:
    """Somebody whom others invited elsewhere is told of by the address that was written here, not by her name."""
    if user:
        return f"{user.name}, {user.email}" if user.pk in known else user.email
    if seat.invitation and not seat.invitation.withdrawn_at:
        return f"Inbjuden: {seat.invitation.name}, {seat.invitation.email}"
    return "Utan konto"
