"""What the public calendar of a collaboration holds: steps, activities and meetings that residents may read of."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from actors.models import Collaboration
from dialogue.models import Activity, Dialogue, Meeting, ProcessStep
from dialogue.rules.activities import ActivityState
from dialogue.rules.calendar_file import CalendarDate
from ostberga.lib.translations.languages import in_language

# How long what is over stays.
KEPT = dt.timedelta(days=90)
# A longer period is told by its first and last day.
LONGEST = dt.timedelta(days=31)


def since() -> dt.date:
    """Return the first day that a calendar still tells of."""
    return timezone.localdate() - KEPT


def list_public_dates(place: Collaboration) -> list[CalendarDate]:
    """Return the dates in the language of the page, with nothing about any person."""
    dialogues = Dialogue.objects.begun().filter(collaboration=place)
    return [*step_dates(dialogues), *_activities(place), *_meetings(place)]


def step_dates(dialogues: Iterable[Dialogue]) -> Iterator[CalendarDate]:
    """The periods of the steps of these dialogues. A step without an end lasts as long as its dialogue."""
    going_on = Q(dialogue__ended_on=None) | Q(dialogue__ended_on__gte=since())
    steps = ProcessStep.objects.filter(Q(end__gte=since()) | Q(end=None) & going_on, dialogue__in=dialogues)
    language = get_language() or "sv"
    for step in steps.select_related("dialogue__collaboration", "stage"):
        name = in_language(step.name, language) or str(step.stage)
        title, page = in_language(step.dialogue.title, language), step.dialogue.get_absolute_url()
        told_on = min(step.start, step.dialogue.started_on or timezone.localdate())
        yield from _period(f"steg-{step.pk}", f"{name}: {title}", step, told_on, page)


def _activities(place: Collaboration) -> Iterator[CalendarDate]:
    """Activities: one that was to begin later stays when it is cancelled, crossed out as in everybody's calendar."""
    going_on = Q(end=None) & (Q(ended_on=None) | Q(ended_on__gte=since()))
    public = Activity.objects.public().filter(Q(start__gte=since()) | Q(end__gte=since()) | going_on)
    for activity in public.filter(dialogue__collaboration=place):
        page = reverse("dialogue:activity", args=[place.slug, activity.pk])
        title = in_language(activity.title, get_language() or "sv")
        told_on = activity.ended_on or timezone.localdate(activity.planned_at)
        yield from _period(f"aktivitet-{activity.pk}", title, activity, told_on, page)


def _meetings(place: Collaboration) -> Iterator[CalendarDate]:
    """Meetings with locked minutes: before that only those who are called know of them."""
    public = Meeting.objects.public().filter(group__dialogue__collaboration=place, on__gte=since())
    for meeting in public.select_related("group"):
        yield CalendarDate(
            uid=named_here(f"protokoll-{meeting.pk}"),
            summary=str(meeting.group),
            start=meeting.on,
            end=None,
            changed_at=midnight_of(meeting.approved_on or meeting.on),
            url=settings.SITE_URL + reverse("dialogue:meeting", args=[place.slug, meeting.pk]),
        )


def _period(name: str, title: str, what: ProcessStep | Activity, told_on: dt.date, page: str) -> Iterator[CalendarDate]:
    """A period with its words, since its days may be less exact than a calendar shows; one day if it has no end.

    One that is longer than `LONGEST` would lie over every day of a calendar: only its first and last day are told.
    """
    is_cancelled = isinstance(what, Activity) and what.state == ActivityState.CANCELLED
    summary = f"{title} ({what.period.label(get_language() or 'sv')})"
    days = [(name, summary, what.start, what.end)]
    if what.end and what.end - what.start > LONGEST:
        begins, ends = gettext("börjar"), gettext("slutar")
        days = [
            (name, f"{summary}: {begins}", what.start, None),
            (f"{name}-slut", f"{summary}: {ends}", what.end, None),
        ]
    for uid, words, start, end in days:
        yield CalendarDate(
            uid=named_here(uid),
            summary=words,
            start=start,
            end=end,
            changed_at=midnight_of(told_on),
            is_cancelled=is_cancelled,
            url=settings.SITE_URL + page,
        )


def named_here(name: str) -> str:
    """Return the name of an entry, which no other installation gives to anything."""
    return f"{name}@{settings.SITE_URL.partition('//')[2].partition(':')[0]}"


def midnight_of(day: dt.date) -> dt.datetime:
    """Return when the day began here: no time of the day is told."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
