"""Setup for tests of minutes: a group of four, its meeting, and shortcuts to write, hand over and lock."""

import datetime as dt
from uuid import uuid4

from django.utils import timezone

from dialogue.meetings import approving, attendance, handing_over, minute_items
from dialogue.meetings.minute_items import MinuteInput
from dialogue.models import Meeting, Seat
from tests import factories as make

TODAY = timezone.localdate()


def a_group(issue, ake, berit, tova):
    """A group of Berit, one more resident, an elected representative and Tova."""
    group = make.group(issue.dialogue, ake, issue, roles=("resident", "elected", "official"))
    group.seats.filter(role="resident").update(user=berit)
    group.seats.filter(role="official").update(user=tova)
    Seat.objects.create(group=group, role="resident", number=2, since=TODAY - dt.timedelta(days=30))
    return group


def a_meeting(group, ake):
    """A meeting today with two points on its agenda, not begun."""
    meeting = Meeting.objects.create(group=group, on=TODAY, registered_by=ake, place="Biblioteket")
    meeting.issues.set(group.issues.all())
    for number, text in enumerate(["Lamporna vid skolan", "Nästa steg"], 1):
        meeting.agenda.create(position=number, text=text, added_by=ake)
    return meeting


def say(meeting, by, text, key=None, base=0, **more):
    """Save an item of the minutes."""
    return minute_items.save_line(meeting=meeting, key=key or uuid4(), base=base, line=MinuteInput(text, **more), by=by)


def seat(meeting, role, number=1):
    """Return a seat by role and number."""
    return meeting.group.seats.get(role=role, number=number)


def all_there(meeting):
    """Record that everybody is present and that the two residents are adjusters."""
    seats, residents = meeting.group.seats.all(), meeting.group.seats.filter(role="resident")
    there = {"present": seats, "adjusters": residents, "by": meeting.registered_by}
    attendance.record_attendance(meeting=meeting, issues=meeting.group.issues.all(), **there)


def lock(meeting, berit, ake):
    """Hand the minutes over and approve them: Berit with her account, the other resident through the coordinator."""
    all_there(meeting)
    flags = [flag.token for flags in handing_over.find_missing(meeting).flags.values() for flag in flags]
    handing_over.hand_over(meeting=meeting, by=berit, confirmed=flags)
    approving.approve(meeting=meeting, seat=seat(meeting, "resident"), by=berit)
    approving.approve(meeting=meeting, seat=seat(meeting, "resident", 2), by=ake)
