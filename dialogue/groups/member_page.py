"""What a member sees of their working group: mandate, meetings, proposals and their own promises."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from actors.models import User
from dialogue.groups import composition
from dialogue.groups.composition import GroupComposition
from dialogue.models import Issue, Meeting, MinuteItem, Proposal, Seat, WorkingGroup
from dialogue.models.meeting import MeetingQuerySet
from dialogue.rules.minutes_approval import Phase

# Meetings that members who do not lead the group see: they have been called, or the minutes have been opened.
SHOWN_TO_MEMBERS = Q(invited_at__isnull=False) | Q(begun_at__isnull=False)


@dataclass(frozen=True)
class MyGroupRow:
    """One of the user's groups, as the desk shows it."""

    seat: Seat
    coming: Meeting | None  # the next one that the user sees on the group's own page
    promises: tuple[MinuteItem, ...]  # the seat's own, without an outcome
    overdue: int  # of these, promises whose day has passed

    @property
    def group(self) -> WorkingGroup:
        """The group of the seat."""
        return self.seat.group


@dataclass(frozen=True)
class MemberPage:
    """The group's own page. It shows seats, never the names of other members, and no internal work of organisations."""

    group: WorkingGroup
    seat: Seat | None  # the user's own; the coordinator has none
    leads: bool  # the user may plan meetings
    now: GroupComposition
    issues: tuple[Issue, ...]
    coming: tuple[Meeting, ...]
    held: tuple[Meeting, ...]
    called_off: tuple[Meeting, ...]  # cancelled ones whose day has not passed
    promises: tuple[MinuteItem, ...]
    proposals: tuple[Proposal, ...]

    @property
    def agreed(self) -> list[Proposal]:
        """The proposals that the group stands behind, the latest first."""
        return sorted((each for each in self.proposals if each.stands_since), key=_agreed_on, reverse=True)


def list_my_groups(user: User) -> list[MyGroupRow]:
    """The user's groups that have not ended. A constant number of queries."""
    today = timezone.localdate()
    still = Q(group__ended_on__isnull=True) | Q(group__ended_on__gte=today)
    seats = list(Seat.objects.held_by(user).filter(still).select_related("group", "organisation"))
    led = Q(group__in=WorkingGroup.objects.led_by(user))
    shown = Meeting.objects.filter(SHOWN_TO_MEMBERS | led, group__in=[seat.group_id for seat in seats])
    meetings = _coming(shown)
    promises = _promises(seats)
    rows = []
    for seat in sorted(seats, key=lambda seat: (seat.group.name, seat.pk)):
        own = tuple(promise for promise in promises if promise.holder == seat)
        coming = next((meeting for meeting in meetings if meeting.group_id == seat.group_id), None)
        overdue = sum(1 for promise in own if promise.due_on and promise.due_on < today)
        rows.append(MyGroupRow(seat, coming, own, overdue))
    return rows


def build_member_page(group: WorkingGroup, user: User) -> MemberPage:
    """The group's page for this user. Those who do not lead the group see no meeting before it is called."""
    seat = Seat.objects.held_by(user).filter(group=group).select_related("organisation").first()
    leads = WorkingGroup.objects.led_by(user).contains(group)
    meetings = group.meetings.prefetch_related("agenda", "issues")
    visible = meetings if leads else meetings.filter(SHOWN_TO_MEMBERS)
    coming = _coming(visible)
    latest_first = [meeting for meeting in visible.order_by("-on", "-pk") if meeting.phase != Phase.CANCELLED]
    today = timezone.localdate()
    return MemberPage(
        group=group,
        seat=seat,
        leads=leads,
        now=composition.build_composition(group),
        issues=tuple(group.issues.select_related("dialogue__collaboration").prefetch_related("dialogue__stages")),
        coming=tuple(coming),
        held=tuple(meeting for meeting in latest_first if meeting not in coming),
        called_off=tuple(visible.filter(cancelled_at__isnull=False, invited_at__isnull=False, on__gte=today)),
        promises=tuple(_promises([seat] if seat else [])),
        proposals=tuple(
            group.proposals.filter(withdrawn_at=None).select_related("issue").prefetch_related("positions")
        ),
    )


def _agreed_on(proposal: Proposal) -> str:
    return str(proposal.stands_since)


def _coming(meetings: MeetingQuerySet) -> list[Meeting]:
    """Meetings from today on, planned or with minutes being written, the next one first."""
    today = timezone.localdate()
    ahead = meetings.filter(cancelled_at=None, ready_at=None, approved_on=None, on__gte=today)
    return list(ahead.order_by("on", "starts_at", "pk"))


def _promises(seats: Sequence[Seat]) -> list[MinuteItem]:
    related = ("meeting", "issue", "owner", "handover__seat")
    promises = MinuteItem.objects.open_promises().held_by_seats(seats).select_related(*related)
    return list(promises.order_by("due_on", "position"))
