"""What waits in activities, meetings and promises, and among those outside."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration
from dialogue.activities import activity_rows
from dialogue.external import outside_bodies as afar
from dialogue.models import Meeting, MinuteItem
from dialogue.rules.activities import Part, Reply
from dialogue.rules.week_boxes import SOON, WeekRow, day_in_words, due_in_words, since_in_words


def activities(rows: Iterable[activity_rows.ActivityRow], today: dt.date) -> Iterator[WeekRow]:
    """What needs another look: offers to take a stand on, nobody who leads, something that worries, silence."""
    for row in rows:
        yield from _of_activity(row, today)


def _of_activity(row: activity_rows.ActivityRow, today: dt.date) -> Iterator[WeekRow]:
    activity = row.activity
    for one in row.counter_offers:
        yield _row(row, f"{one.organisation.short_name} har svarat med ett motbud", _day(one.replied_at), today)
    if row.needs_lead:
        declined = [one for one in row.commitments if one.part == Part.LEAD and one.reply == Reply.DECLINED]
        left = [one for one in row.commitments if one.part == Part.LEAD and one.reply == Reply.LEFT]
        if left:
            text = f"saknar ansvarig: {left[-1].organisation.short_name} lämnade, fråga någon annan"
            yield _row(row, text, _day(left[-1].left_at), today)
        elif declined:
            text = f"{declined[-1].organisation.short_name} sa nej till att ansvara, fråga någon annan"
            yield _row(row, text, _day(declined[-1].replied_at), today)
        else:
            yield _row(row, "ingen ansvarar, fråga någon", _day(activity.planned_at), today)
    if activity.concern:
        yield _row(row, activity.concern, None, today)
    elif row.is_silent:
        yield _row(row, "ingen har berättat hur det går", _day(activity.last_news), today, is_late=False)  # type: ignore[attr-defined]


def _row(
    row: activity_rows.ActivityRow, text: str, on: dt.date | None, today: dt.date, *, is_late: bool = True
) -> WeekRow:
    activity = row.activity
    return WeekRow(
        str(activity), "activity", activity.pk, who=text, when=since_in_words(on, today), is_late=is_late, order=on
    )


def _day(at: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(at) if at else None


def meetings(collaboration: Collaboration, today: dt.date) -> Iterator[WeekRow]:
    """The next ones, those nobody has written down, and minutes that wait. One query."""
    found = Meeting.objects.filter(
        group__dialogue__collaboration=collaboration,
        approved_on__isnull=True,
        cancelled_at__isnull=True,
        on__lte=today + SOON,
    )
    shown = ("on", "starts_at", "begun_at", "ready_at", "invited_at", "group__name")
    for one in found.select_related("group").only(*shown).order_by("on", "starts_at"):
        yield _meeting(one, today)


def _meeting(one: Meeting, today: dt.date) -> WeekRow:
    if one.on >= today and one.begun_at is None:
        when = day_in_words(one.on, today) if one.on > today else "i dag"
        at = f" kl. {one.starts_at:%H.%M}" if one.starts_at else ""
        called = "" if one.invited_at else "kallelsen är inte skickad"
        return WeekRow(f"{one.group} möts", link=_minutes(one.pk), who=called, when=f"{when}{at}", order=one.on)
    held = f"mötet {day_in_words(one.on, today)}"
    if one.ready_at:
        text, late = "protokollet väntar på justering", False
    elif one.begun_at:
        text, late = "protokollet är inte klart", one.on < today
    else:
        text, late = "inget protokoll är skrivet", True
    return WeekRow(f"{one.group}, {held}", link=_minutes(one.pk), who=text, is_late=late, order=one.on)


def _minutes(meeting: int) -> Callable[[], str]:
    """The page that a meeting has for the group and the coordinator alike."""
    return partial(reverse, "my-meeting", args=[meeting])


def promises(collaboration: Collaboration, today: dt.date) -> Iterator[WeekRow]:
    """What somebody took upon herself at a meeting, whose day has passed. One query."""
    found = MinuteItem.objects.open_promises().filter(
        meeting__group__dialogue__collaboration=collaboration, meeting__approved_on__isnull=False, due_on__lt=today
    )
    words = ("text", "due_on", "meeting__group__name")
    owner = ("owner__role", "owner__number", "owner__organisation__short_name")
    for one in found.select_related("meeting__group", "owner__organisation").only(*words, *owner):
        who = f"{one.owner or 'ingen ägare'}, {one.meeting.group}"
        yield WeekRow(
            one.text[:120],
            link=_minutes(one.meeting_id),
            who=who,
            when=due_in_words(one.due_on, today).replace("ha kommit", "vara gjort"),
            is_late=True,
            order=one.due_on,
        )


def outside(collaboration: Collaboration, today: dt.date) -> Iterator[WeekRow]:
    """Letters and names that bodies outside have met with silence. Two queries."""
    for one in afar.list_unanswered(collaboration, today):
        if one.days:
            asked, where = one.enquiry, "petition" if one.is_petition else "outside-question"
            who, when = f"{asked.addressee.short_name} har inte svarat", due_in_words(asked.reply_due, today)
            yield WeekRow(str(asked), where, asked.pk, who=who, when=when, is_late=True, order=asked.reply_due)
