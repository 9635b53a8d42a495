"""Letters about minutes: they wait for approval, they are locked."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from actors.letters import outbox
from actors.letters.outbox import is_history
from actors.models import User
from dialogue.groups.letters import seats_by_address
from dialogue.models import Meeting, Seat

RELATED = ("organisation", "user", "invitation__accepted_by")


def send_minutes_ready(meeting: Meeting, must: Iterable[int], by: User, at: dt.datetime) -> None:
    """Ask the seats in `must` (keys) that have an account to approve the minutes."""
    if not is_history(at):
        seats = meeting.group.seats.filter(pk__in=must)
        _write("minutes-ready", "minutes_ready", meeting, seats.select_related(*RELATED), {"hands_over": by})


def send_minutes_locked(meeting: Meeting, at: dt.datetime) -> None:
    """Tell every seat with an account that the minutes are locked. No letters about what is registered long after."""
    if not is_history(at):
        seats = meeting.group.seats.all().on(timezone.localdate()).select_related(*RELATED)
        _write("minutes-locked", "minutes_locked", meeting, seats, {})


def _write(kind: str, template: str, meeting: Meeting, seats: Iterable[Seat], more: dict[str, Any]) -> None:
    collaboration = meeting.group.dialogue.collaboration
    link = settings.SITE_URL + reverse("my-meeting", args=[meeting.pk])
    for address, seat in seats_by_address(seat for seat in seats if seat.holder).items():
        context = {"meeting": meeting, "seat": seat, "collaboration": collaboration, "link": link, **more}
        outbox.write(kind=kind, to=address, template=template, context=context, collaboration=collaboration)
