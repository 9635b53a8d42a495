"""Rows of the coordinator's group pages: composition, meetings, and who holds each seat."""

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
    """A group with its composition today and its meetings in numbers."""

    group: WorkingGroup
    now: GroupComposition
    meetings: int  # meetings held or being held
    unapproved: int  # of these, meetings whose minutes are not approved yet
    coming: Meeting | None  # the next planned one

    @property
    def seats(self) -> list[Seat]:
        """Seats held today."""
        return self.now.seats

    @property
    def lacks(self) -> str:
        """Missing roles in words; empty when none is missing."""
        return self.now.lacks


@dataclass(frozen=True)
class SeatHolderRow:
    """A seat and the person who holds it. Only for the coordinator: nobody else may see the names of residents."""

    seat: Seat
    holder: str
    is_invited: bool  # the invitation has not been accepted
    is_chair: bool


def list_group_rows(collaboration: Collaboration) -> list[GroupRow]:
    """All groups of the collaboration, active ones first, then by name. A constant number of queries."""
    groups = WorkingGroup.objects.filter(dialogue__collaboration=collaboration).select_related("dialogue")
    groups = groups.prefetch_related("seats__organisation", "issues", "meetings")
    in_order = sorted(groups, key=lambda group: (group.ended_on is not None, group.name.lower()))
    return [build_group_row(group) for group in in_order]


def build_group_row(group: WorkingGroup) -> GroupRow:
    """The row of one group. Cancelled meetings are not counted."""
    prefetch_related_objects([group], "seats__organisation", "meetings")
    now = composition.build_composition(group)
    meetings = [meeting for meeting in group.meetings.all() if meeting.phase != Phase.CANCELLED]
    planned = [meeting for meeting in meetings if meeting.phase == Phase.PLANNED]
    ahead = (meeting for meeting in planned if meeting.on >= now.day)
    coming = min(ahead, key=lambda meeting: (meeting.on, meeting.pk), default=None)
    unapproved = sum(1 for meeting in meetings if meeting.phase in (Phase.OPEN, Phase.WAITING))
    return GroupRow(group, now, len(meetings) - len(planned), unapproved, coming)


def list_seat_holders(group: WorkingGroup, day: dt.date) -> list[SeatHolderRow]:
    """Seats held that day, by role and number, with the name or address of each holder."""
    related = ("organisation", "user", "invitation__accepted_by")
    order = list(Seat.Role)
    seats = sorted(
        Seat.objects.on(day).filter(group=group).select_related(*related),
        key=lambda seat: (order.index(Seat.Role(seat.role)), seat.number),
    )
    known = set(people_of(group.dialogue.collaboration).values_list("pk", flat=True)) if seats else set()
    return [_seat_holder_row(seat, group, known) for seat in seats]


def lacks_chair(group: WorkingGroup) -> bool:
    """Whether the chair is to approve the minutes but nobody has been appointed."""
    return group.approval == ApprovalRule.CHAIR and group.chair_id is None and group.ended_on is None


def _seat_holder_row(seat: Seat, group: WorkingGroup, known: Iterable[int]) -> SeatHolderRow:
    invitation = seat.invitation
    user = seat.user or (invitation.accepted_by if invitation else None)
    is_invited = bool(invitation and not user and not invitation.withdrawn_at)
    return SeatHolderRow(seat, _holder(seat, user, known), is_invited, group.chair_id == seat.pk)


def _holder(seat: Seat, user: User | None, known: Iterable[int]) -> str:
    """The holder in words. `known`: keys of people in the collaboration; the name of others is not shown here."""
    if user:
        return f"{user.name}, {user.email}" if user.pk in known else user.email
    if seat.invitation and not seat.invitation.withdrawn_at:
        return f"Inbjuden: {seat.invitation.name}, {seat.invitation.email}"
    return "Utan konto"
