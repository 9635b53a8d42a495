"""What waits in decisions, activities and groups, said so that the coordinator knows where to go."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from actors.models import Collaboration
from dialogue import docket, under_way
from dialogue.models import Meeting
from dialogue.progress import Part, Reply

SOON = dt.timedelta(days=14)


@dataclass(frozen=True)
class Waiting:
    """Something to do, and where. `where` is the name of an address below /samordna/<samverkan>/."""

    text: str
    where: str
    number: int | None = None
    key: int | None = None
    is_urgent: bool = False


def in_work(collaboration: Collaboration, today: dt.date) -> Iterator[Waiting]:
    """All of it. The number of queries does not depend on how much waits."""
    yield from _decisions(docket.of(collaboration, only_open=True), today)
    for row in under_way.waiting(collaboration, today):
        yield from _activity(row, today)
    unapproved = Meeting.objects.filter(group__dialogue__collaboration=collaboration, approved_on__isnull=True)
    for one in unapproved.select_related("group").order_by("on"):
        yield Waiting(f"{one.group}: mötet {one.on:%Y-%m-%d} är inte justerat", "meeting", key=one.pk)


def _decisions(rows: list[docket.Row], today: dt.date) -> Iterator[Waiting]:
    mute = Counter(body.name for row in rows for body in row.mute)
    for name in mute:
        yield Waiting(f"Ingen på {name} kan svara här. Bjud in någon.", "people", is_urgent=True)
    for row in rows:
        late = ", ".join(part.organisation.short_name for part in row.overdue)
        if late:
            text = f"{row.decision}: svaret är försenat från {late}"
            yield Waiting(text, "decision", key=row.decision.pk, is_urgent=True)
        soon = [one for one in row.awaited if one.due_on and today <= one.due_on <= today + SOON]
        if soon:
            names = ", ".join(f"{one.organisation.short_name} senast {one.due_on:%Y-%m-%d}" for one in soon)
            yield Waiting(f"{row.decision}: svar väntas från {names}", "decision", key=row.decision.pk)


def _activity(row: under_way.Row, today: dt.date) -> Iterator[Waiting]:
    activity = row.activity
    for one in row.offers:
        text = f"{activity}: {one.organisation.short_name} har svarat med ett motbud"
        yield Waiting(text, "activity", key=activity.pk, is_urgent=True)
    for one in row.waiting:
        if one.due_on and one.due_on < today:
            text = f"{activity}: {one.organisation.short_name} har inte svarat i tid"
            yield Waiting(text, "activity", key=activity.pk, is_urgent=True)
    declined = [one for one in row.asked if one.part == Part.LEAD and one.reply == Reply.DECLINED]
    if declined and row.needs_lead:
        text = f"{activity}: {declined[-1].organisation.short_name} sa nej till att ansvara. Fråga någon annan."
        yield Waiting(text, "activity", key=activity.pk, is_urgent=True)
    if activity.concern:
        yield Waiting(f"{activity}: {activity.concern}", "activity", key=activity.pk, is_urgent=True)
    elif row.is_silent:
        yield Waiting(f"{activity}: ingen har berättat hur det går på länge", "activity", key=activity.pk)
