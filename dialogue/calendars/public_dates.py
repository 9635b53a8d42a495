"""What the public calendar of a collaboration holds: steps, activities and meetings that residents may read of."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from actors.models import Collaboration
from dialogue.models import Activity, Dialogue, Meeting, ProcessStep
from dialogue.rules.calendar_file import CalendarDate
from ostberga.lib.translations.languages import in_language

# How long what is over stays.
KEPT = dt.timedelta(days=90)


def since() -> dt.date:
    """Return the first day that a calendar still tells of."""
    return timezone.localdate() - KEPT


def list_public_dates(place: Collaboration) -> list[CalendarDate]:
    """Return the dates in the language of the page, with nothing about any person."""
    dialogues = Dialogue.objects.begun().filter(collaboration=place)
    return [*step_dates(dialogues), *_activities(place), *_meetings(place)]


def step_dates(dialogues: Iterable[Dialogue]) -> Iterator[CalendarDate]:
    """The periods of the steps of these dialogues."""
    steps = ProcessStep.objects.filter(dialogue__in=dialogues).select_related("dialogue__collaboration")
    language = get_language() or "sv"
    for step in steps:
        name = in_language(step.name, language) or str(step.get_step_display())
        title, page = in_language(step.dialogue.title, language), step.dialogue.get_absolute_url()
        yield _period(f"steg-{step.pk}", f"{name}: {title}", step, step.start, page)


def _activities(place: Collaboration) -> Iterator[CalendarDate]:
    not_over = Q(start__gte=since()) | Q(end__gte=since()) | Q(end=None)
    public = Activity.objects.public().filter(not_over, dialogue__collaboration=place)
    for activity in public.select_related("dialogue__collaboration"):
        page = reverse("dialogue:activity", args=[place.slug, activity.pk])
        title = in_language(activity.title, get_language() or "sv")
        yield _period(f"aktivitet-{activity.pk}", title, activity, timezone.localdate(activity.planned_at), page)


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


def _period(name: str, title: str, what: ProcessStep | Activity, told_on: dt.date, page: str) -> CalendarDate:
    """A period with its words, since its days may be less exact than a calendar shows; one day if it has no end."""
    return CalendarDate(
        uid=named_here(name),
        summary=f"{title} ({what.period.label(get_language() or 'sv')})",
        start=what.start,
        end=what.end,
        changed_at=midnight_of(told_on),
        url=settings.SITE_URL + page,
    )


def named_here(name: str) -> str:
    """Return the name of an entry, which no other installation gives to anything."""
    return f"{name}@{settings.SITE_URL.partition('//')[2].partition(':')[0]}"


def midnight_of(day: dt.date) -> dt.datetime:
    """Return when the day began here: no time of the day is told."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
