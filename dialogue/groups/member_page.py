"""What somebody who has a seat sees of her group: task, meetings, proposals and what she took upon herself."""

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


@dataclass(frozen=True)
class MyGroupRow:
    """A group of hers, as the desk shows it."""

    seat: Seat
    coming: Meeting | None  # the next one that she has been called to
    promises: tuple[MinuteItem, ...]  # her own, that she has not told the end of
    overdue: int

    @property
    def group(self) -> WorkingGroup:
        """Which."""
        return self.seat.group


@dataclass(frozen=True)
class MemberPage:
    """The group's own page. It shows seats, never the names of other members, and nothing of the bodies' inner work."""

    group: WorkingGroup
    seat: Seat | None  # hers; the coordinator has none
    leads: bool  # may plan meetings
    now: GroupComposition
    issues: tuple[Issue, ...]
    coming: tuple[Meeting, ...]
    held: tuple[Meeting, ...]
    called_off: tuple[Meeting, ...]  # those that were to come
    promises: tuple[MinuteItem, ...]
    proposals: tuple[Proposal, ...]


def list_my_groups(user: User) -> list[MyGroupRow]:
    """Her groups that have not ended. The number of queries does not depend on how many."""
    today = timezone.localdate()
    still = Q(group__ended_on__isnull=True) | Q(group__ended_on__gte=today)
    seats = list(Seat.objects.held_by(user).filter(still).select_related("group", "organisation"))
    called = _coming(Meeting.objects.filter(group__in=[one.group_id for one in seats], invited_at__isnull=False))
    promised = _promises(seats)
    found = []
    for seat in sorted(seats, key=lambda one: (one.group.name, one.pk)):
        hers = tuple(one for one in promised if one.owner_id == seat.pk)
        coming = next((one for one in called if one.group_id == seat.group_id), None)
        overdue = sum(1 for one in hers if one.due_on and one.due_on < today)
        found.append(MyGroupRow(seat, coming, hers, overdue))
    return found


def build_member_page(group: WorkingGroup, user: User) -> MemberPage:
    """The group as this person sees it."""
    seat = Seat.objects.held_by(user).filter(group=group).select_related("organisation").first()
    leads = WorkingGroup.objects.led_by(user).contains(group)
    meetings = group.meetings.prefetch_related("agenda", "issues")
    # A meeting that has not been called is still a draft of those who plan it.
    seen = meetings if leads else meetings.filter(Q(invited_at__isnull=False) | Q(begun_at__isnull=False))
    coming = _coming(seen)
    today = timezone.localdate()
    return MemberPage(
        group=group,
        seat=seat,
        leads=leads,
        now=composition.build_composition(group),
        issues=tuple(group.issues.select_related("dialogue__collaboration")),
        coming=tuple(coming),
        held=tuple(one for one in seen.order_by("-on", "-pk") if one not in coming and one.phase != Phase.CANCELLED),
        called_off=tuple(seen.filter(cancelled_at__isnull=False, invited_at__isnull=False, on__gte=today)),
        promises=tuple(_promises([seat] if seat else [])),
        proposals=tuple(group.proposals.filter(withdrawn_at=None).select_related("issue")),
    )


def _coming(meetings: MeetingQuerySet) -> list[Meeting]:
    """Those to come, and those whose minutes are being written now."""
    today = timezone.localdate()
    ahead = meetings.filter(cancelled_at=None, ready_at=None, approved_on=None, on__gte=today)
    return list(ahead.order_by("on", "starts_at", "pk"))


def _promises(seats: Sequence[Seat]) -> list[MinuteItem]:
    hers = MinuteItem.objects.open_promises().filter(owner__in=seats).select_related("meeting", "issue")
    return list(hers.order_by("due_on", "position"))
