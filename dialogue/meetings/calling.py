"""Plan a meeting, write its agenda, call the group to it, move it or cancel it."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from actors.letters.outbox import is_history
from actors.models import User
from dialogue.groups import letters
from dialogue.groups.meeting_calls import calendar_entry, personal_files
from dialogue.meetings.agenda import Point, renumber_points
from dialogue.models import GroupEvent, Issue, Meeting, WorkingGroup
from dialogue.rules.calendar_file import CANCEL, PUBLISH, REQUEST, render_calendar_file
from dialogue.rules.minutes_approval import Phase
from dialogue.rules.rights import LEAD_GROUP
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal

Kind = GroupEvent.Kind
# The page of open minutes has an empty line for each point, and all of them are sent in one form.
MOST_POINTS = 50


@transaction.atomic
def plan(
    *,
    group: WorkingGroup,
    on: dt.date,
    by: User,
    points: Iterable[Point] = (),
    starts_at: dt.time | None = None,
    ends_at: dt.time | None = None,
    place: str = "",
    at: dt.datetime | None = None,
) -> Meeting:
    """Plan a meeting with the points of its agenda. No letters are written until it is called."""
    require(by, LEAD_GROUP, group)
    group.refresh_from_db(from_queryset=WorkingGroup.objects.select_for_update(no_key=True))
    if group.ended_on is not None and group.ended_on < on:
        raise Refusal("Gruppen är avslutad.", code="group_ended")
    times = {"starts_at": starts_at, "ends_at": ends_at, "place": place}
    meeting = Meeting.objects.create(group=group, on=on, registered_by=by, registered_at=at or timezone.now(), **times)
    _append_points(meeting, points, by)
    GroupEvent.note(group, Kind.PLANNED, by=by, what=_named(meeting), at=at)
    return meeting


@transaction.atomic
def call(*, meeting: Meeting, by: User, at: dt.datetime | None = None) -> int:
    """Send the call, or a new one if it has been sent before. Returns the number of letters."""
    require(by, LEAD_GROUP, meeting.group)
    at = at or timezone.now()
    _lock_planned(meeting)
    if meeting.on < timezone.localdate(at):
        raise Refusal("Dagen för mötet har varit. Flytta det först.", code="called_too_late")
    if not meeting.agenda.exists():
        raise Refusal("Dagordningen är tom. Skriv minst en punkt.", code="empty_agenda")
    again = meeting.invited_at is not None
    return _send(meeting, by, at, again=again)


@transaction.atomic
def move(
    *,
    meeting: Meeting,
    on: dt.date,
    starts_at: dt.time | None,
    ends_at: dt.time | None,
    place: str,
    by: User,
    at: dt.datetime | None = None,
) -> int:
    """Change day, time or place. If the call has been sent, a new one is. Returns the number of letters."""
    require(by, LEAD_GROUP, meeting.group)
    at = at or timezone.now()
    _lock_planned(meeting)
    if on < timezone.localdate(at):
        raise Refusal("Välj en dag som inte har varit.", code="moved_to_the_past")
    before = (meeting.on, meeting.starts_at, meeting.ends_at, meeting.place)
    meeting.on, meeting.starts_at, meeting.ends_at, meeting.place = on, starts_at, ends_at, place
    if before == (on, starts_at, ends_at, place):
        return 0
    meeting.save(update_fields=["on", "starts_at", "ends_at", "place"])
    GroupEvent.note(meeting.group, Kind.PLANNED, by=by, what=f"{before[0]:%Y-%m-%d}, nu {_named(meeting)}", at=at)
    # Whoever said yes to the old time has said nothing of the new one.
    meeting.calls.update(coming="", replied_at=None, since_sequence=meeting.sequence + 1)
    return _send(meeting, by, at, again=True) if meeting.invited_at else 0


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: User, at: dt.datetime | None = None) -> int:
    """Cancel the meeting. If the call has been sent, so is the cancellation. Returns the number of letters."""
    require(by, LEAD_GROUP, meeting.group)
    at, reason = at or timezone.now(), reason.strip()
    _lock_planned(meeting)
    if not reason:
        raise Refusal("Skriv varför mötet ställs in.", code="empty")
    meeting.cancelled_at, meeting.cancelled_reason, meeting.sequence = at, reason, meeting.sequence + 1
    meeting.save(update_fields=["cancelled_at", "cancelled_reason", "sequence"])
    GroupEvent.note(meeting.group, Kind.CANCELLED, by=by, what=f"{_named(meeting)}: {reason}", at=at)
    if meeting.invited_at is None or is_history(at):
        return 0
    return letters.send_cancellation(meeting, personal_files(meeting, at, CANCEL))


@transaction.atomic
def add_points(*, meeting: Meeting, points: Iterable[Point], by: User) -> None:
    """Add points at the end of the agenda."""
    require(by, LEAD_GROUP, meeting.group)
    _lock_planned(meeting)
    _append_points(meeting, points, by)


@transaction.atomic
def move_point(*, meeting: Meeting, point: int, steps: int, by: User) -> None:
    """Move a point `steps` places down the agenda, or up when negative. `point` is its key."""
    require(by, LEAD_GROUP, meeting.group)
    _lock_planned(meeting)
    points = list(meeting.agenda.all())
    index = next((index for index, stored in enumerate(points) if stored.pk == point), None)
    if index is not None:
        points.insert(max(0, index + steps), points.pop(index))
        renumber_points(points)


@transaction.atomic
def remove_point(*, meeting: Meeting, point: int, by: User) -> None:
    """Remove a point from the agenda. `point` is its key."""
    require(by, LEAD_GROUP, meeting.group)
    _lock_planned(meeting)
    meeting.agenda.filter(pk=point).delete()
    renumber_points(list(meeting.agenda.all()))
    _set_issues(meeting)


def calendar_file(meeting: Meeting) -> str:
    """The iCalendar file that a member downloads."""
    return render_calendar_file(calendar_entry(meeting, timezone.now()), CANCEL if meeting.cancelled_at else PUBLISH)


def _send(meeting: Meeting, by: User, at: dt.datetime, *, again: bool) -> int:
    meeting.invited_at, meeting.sequence = at, meeting.sequence + again
    meeting.save(update_fields=["invited_at", "sequence"])
    GroupEvent.note(meeting.group, Kind.CALLED, by=by, what=_named(meeting), at=at)
    if is_history(at):
        return 0
    return letters.send_call(meeting, personal_files(meeting, at, REQUEST), moved=again)


def _set_issues(meeting: Meeting) -> None:
    """Set the meeting's issues to those of its points; to all issues of the group while no point is about any."""
    points = meeting.agenda.all()
    keys = {key for pair in points.values_list("issue", "proposal__issue") for key in pair if key}
    meeting.issues.set(Issue.objects.filter(pk__in=keys) if keys else meeting.group.issues.all())


def _named(meeting: Meeting) -> str:
    time = f" {meeting.starts_at:%H.%M}" if meeting.starts_at else ""
    return f"{meeting.on:%Y-%m-%d}{time}"


def _append_points(meeting: Meeting, points: Iterable[Point], by: User) -> None:
    last = meeting.agenda.count()
    for number, point in enumerate(points, last + 1):
        if number > MOST_POINTS:
            raise Refusal(f"Dagordningen har plats för {MOST_POINTS} punkter. Ta bort någon först.", code="full")
        meeting.agenda.create(position=number, added_by=by, **vars(point))
    _set_issues(meeting)


def _lock_planned(meeting: Meeting) -> None:
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update(no_key=True))
    if meeting.phase == Phase.CANCELLED:
        raise Refusal("Mötet är inställt.", code="cancelled")
    if meeting.phase != Phase.PLANNED:
        raise Refusal("Mötet har redan börjat.", code="already_begun")
