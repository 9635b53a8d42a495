"""Register a meeting that was held without writing its minutes here."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from actors.models import User
from actors.rules.rights import COORDINATE
from dialogue.groups.forming import Kind
from dialogue.models import GroupEvent, Issue, Meeting, Seat, WorkingGroup
from ostberga.lib.authorization import require


@transaction.atomic
def record_held_meeting(
    *,
    group: WorkingGroup,
    on: dt.date,
    issues: Iterable[Issue],
    present: Iterable[Seat],
    notes: str,
    by: User,
    adjusters: Iterable[Seat] = (),
    place: str = "",
    at: dt.datetime | None = None,
) -> Meeting:
    """Register a meeting that has been held. Its minutes wait for approval by `adjusters`."""
    require(by, COORDINATE, group)
    at = at or timezone.now()
    meeting = Meeting.objects.create(
        group=group,
        on=on,
        place=place,
        notes=notes,
        registered_by=by,
        registered_at=at,
        begun_at=at,
        ready_at=at,
    )
    meeting.issues.set(issues)
    meeting.present.set(present)
    meeting.adjusters.set(adjusters)
    GroupEvent.note(group, Kind.READY, by=by, what=f"{on:%Y-%m-%d}", at=at)
    return meeting
