"""Rows of the week about activities, meetings, promises made at meetings, and questions to bodies outside."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration
from dialogue.activities import activity_rows
from dialogue.external import outside_bodies
from dialogue.models import Meeting, MinuteItem
from dialogue.rules.activities import Part, Reply
from dialogue.rules.week_boxes import SOON, WeekRow, day_in_words, due_in_words, since_in_words


def activity_review_rows(rows: Iterable[activity_rows.ActivityRow], today: dt.date) -> Iterator[WeekRow]:
    """Activities to look at again: counter-offers, nobody who leads, a concern, no news for long."""
    for row in rows:
        yield from _rows_of_activity(row, today)


def _rows_of_activity(row: activity_rows.ActivityRow, today: dt.date) -> Iterator[WeekRow]:
    activity = row.activity
    for offer in row.counter_offers:
        yield _row(row, f"{offer.organisation.short_name} har svarat med ett motbud", _day(offer.replied_at), today)
    if row.needs_lead:
        leads = [commitment for commitment in row.commitments if commitment.part == Part.LEAD]
        declined = [commitment for commitment in leads if commitment.reply == Reply.DECLINED]
        left = [commitment for commitment in leads if commitment.reply == Reply.LEFT]
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


def meeting_rows(collaboration: Collaboration, today: dt.date) -> Iterator[WeekRow]:
    """Meetings soon to be held, meetings without minutes, and minutes not yet approved. One query."""
    meetings = Meeting.objects.filter(
        group__dialogue__collaboration=collaboration,
        approved_on__isnull=True,
        cancelled_at__isnull=True,
        on__lte=today + SOON,
    )
    fields = ("on", "starts_at", "begun_at", "ready_at", "invited_at", "group__name")
    for meeting in meetings.select_related("group").only(*fields).order_by("on", "starts_at"):
        yield _meeting_row(meeting, today)


def _meeting_row(meeting: Meeting, today: dt.date) -> WeekRow:
    if meeting.on >= today and meeting.begun_at is None:
        when = day_in_words(meeting.on, today) if meeting.on > today else "i dag"
        at = f" kl. {meeting.starts_at:%H.%M}" if meeting.starts_at else ""
        called = "" if meeting.invited_at else "kallelsen är inte skickad"
        return WeekRow(
            f"{meeting.group} möts", link=_meeting_link(meeting.pk), who=called, when=f"{when}{at}", order=meeting.on
        )
    held = f"mötet {day_in_words(meeting.on, today)}"
    if meeting.ready_at:
        text, late = "protokollet väntar på justering", False
    elif meeting.begun_at:
        text, late = "protokollet är inte klart", meeting.on < today
    else:
        text, late = "inget protokoll är skrivet", True
    return WeekRow(f"{meeting.group}, {held}", link=_meeting_link(meeting.pk), who=text, is_late=late, order=meeting.on)


def _meeting_link(meeting: int) -> Callable[[], str]:
    """A link to the page of a meeting that the group and the coordinator share."""
    return partial(reverse, "my-meeting", args=[meeting])


def overdue_promise_rows(collaboration: Collaboration, today: dt.date) -> Iterator[WeekRow]:
    """Promises made at meetings whose day has passed. One query."""
    promises = MinuteItem.objects.open_promises().filter(
        meeting__group__dialogue__collaboration=collaboration, meeting__approved_on__isnull=False, due_on__lt=today
    )
    fields = ("text", "due_on", "meeting__group__name")
    names = ("role", "number", "organisation__short_name")
    seats = [f"{seat}__{name}" for seat in ("owner", "handover__seat") for name in names]
    related = ("meeting__group", "owner__organisation", "handover__seat__organisation")
    for promise in promises.select_related(*related).only(*fields, *seats):
        who = f"{promise.holder or 'ingen ägare'}, {promise.meeting.group}"
        yield WeekRow(
            promise.text[:120],
            link=_meeting_link(promise.meeting_id),
            who=who,
            when=due_in_words(promise.due_on, today).replace("ha kommit", "vara gjort"),
            is_late=True,
            order=promise.due_on,
        )


def unanswered_outside_rows(collaboration: Collaboration, today: dt.date) -> Iterator[WeekRow]:
    """Letters and petitions that bodies outside have not answered in time. Two queries."""
    for enquiry in outside_bodies.list_unanswered(collaboration, today):
        if enquiry.days:
            asked, where = enquiry.enquiry, "petition" if enquiry.is_petition else "outside-question"
            who, when = f"{asked.addressee.short_name} har inte svarat", due_in_words(asked.reply_due, today)
            yield WeekRow(str(asked), where, asked.pk, who=who, when=when, is_late=True, order=asked.reply_due)
