"""Letters about minutes: that they wait for somebody's approval, and that they are locked."""

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
    """Those who `must` approve, and have an account, are asked to."""
    if not is_history(at):
        seats = meeting.group.seats.filter(pk__in=must)
        _write("minutes-ready", "minutes_ready", meeting, seats.select_related(*RELATED), {"hands_over": by})


def send_minutes_locked(meeting: Meeting, at: dt.datetime) -> None:
    """Everybody with a seat hears where the minutes stand; who wrote them down years later tells nobody."""
    if not is_history(at):
        seats = meeting.group.seats.all().on(timezone.localdate()).select_related(*RELATED)
        _write("minutes-locked", "minutes_locked", meeting, seats, {})


def _write(kind: str, template: str, meeting: Meeting, seats: Iterable[Seat], more: dict[str, Any]) -> None:
    collaboration = meeting.group.dialogue.collaboration
    link = settings.SITE_URL + reverse("my-meeting", args=[meeting.pk])
    for address, seat in seats_by_address(one for one in seats if one.holder).items():
        shown = {"meeting": meeting, "seat": seat, "collaboration": collaboration, "link": link, **more}
        outbox.write(kind=kind, to=address, template=template, context=shown, collaboration=collaboration)
