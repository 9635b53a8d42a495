"""Writing down a meeting that was held without the product."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from actors.models import User
from dialogue.groups.forming import Kind
from dialogue.models import GroupEvent, Issue, Meeting, Seat, WorkingGroup


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
    """Write down a meeting that has been held. It counts when those it chose to approve the notes have done so."""
    at = at or timezone.now()
    made = Meeting.objects.create(
        group=group,
        on=on,
        place=place,
        notes=notes,
        registered_by=by,
        registered_at=at,
        begun_at=at,
        ready_at=at,
    )
    made.issues.set(issues)
    made.present.set(present)
    made.adjusters.set(adjusters)
    GroupEvent.note(group, Kind.READY, by=by, what=f"{on:%Y-%m-%d}", at=at)
    return made
