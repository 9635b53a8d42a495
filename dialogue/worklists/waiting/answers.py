"""Answers that are waited for: late and soon due, and body by body who has not answered, and who cannot."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from actors.models import Affiliation, Collaboration, Organisation
from dialogue.activities import activity_rows
from dialogue.models import PartDecision, PublishedReport, ReadConfirmation
from dialogue.rules.week_boxes import WEEK, WeekRow, due_in_words, since_in_words


@dataclass(frozen=True)
class Asked:
    """Something that a body was asked and has not answered."""

    body: int
    short: str
    name: str
    title: str
    where: str  # the page of what was asked about
    key: int
    part: int | None  # the part of a decision
    on: dt.date  # when it was asked
    due_on: dt.date | None
    can_answer: bool


def asked(collaboration: Collaboration, activities: Iterable[activity_rows.ActivityRow]) -> list[Asked]:
    """Of decisions and of activities. One query; the activities are at hand."""
    return [*_of_decisions(collaboration), *_of_activities(activities)]


def _of_decisions(collaboration: Collaboration) -> Iterator[Asked]:
    speaks = Exists(Affiliation.objects.all().may_decide().filter(organisation=OuterRef("organisation")))
    parts = PartDecision.objects.open().filter(decision__dialogue__collaboration=collaboration).annotate(speaks=speaks)
    body = ("organisation", "organisation__short_name", "organisation__name")
    asked = ("decision__title", "decision", "pk", "decision__requested_at", "due_on", "speaks")
    for key, short, name, title, decision, part, at, until, speaks in parts.order_by().values_list(*body, *asked):
        on = timezone.localdate(at)
        yield Asked(key, short, name, title.get("sv", ""), "decision", decision, part, on, until, speaks)


def _of_activities(rows: Iterable[activity_rows.ActivityRow]) -> Iterator[Asked]:
    for row in rows:
        for one in row.unanswered:
            body, on = one.organisation, timezone.localdate(one.asked_at)
            about = str(row.activity), "activity", row.activity.pk
            yield Asked(body.pk, body.short_name, body.name, *about, None, on, one.due_on, can_answer=True)


def this_week(found: Iterable[Asked], slug: str, today: dt.date) -> Iterator[WeekRow]:
    """Those that are late, and those due within a week."""
    for one in found:
        if one.due_on and one.due_on <= today + WEEK:
            where = partial(_new_day, slug, one) if one.part else None
            yield WeekRow(
                one.title,
                one.where,
                one.key,
                who=one.short,
                when=due_in_words(one.due_on, today),
                is_late=one.due_on < today,
                order=one.due_on,
                link=where,
            )


def _new_day(slug: str, one: Asked) -> str:
    return reverse("coordinate:decision-deadline", args=[slug, one.key, one.part])


def by_body(found: Iterable[Asked], today: dt.date) -> Iterator[WeekRow]:
    """Each body that has something to answer: how many, the oldest and since when; first those where nobody may."""
    bodies: dict[int, list[Asked]] = defaultdict(list)
    for one in found:
        bodies[one.body].append(one)
    for waiting in bodies.values():
        oldest = min(waiting, key=_asked_on)
        text = f"{len(waiting)} frågor, den äldsta: {oldest.title}" if len(waiting) > 1 else oldest.title
        when = since_in_words(oldest.on, today)
        if all(one.can_answer for one in waiting):
            yield WeekRow(oldest.name, oldest.where, oldest.key, who=text, when=when, order=oldest.on)
        else:
            mute = f"ingen kan svara här, bjud in någon: {text}"
            yield WeekRow(oldest.name, "invite", who=mute, when=when, is_late=True, order=oldest.on)


def _asked_on(one: Asked) -> dt.date:
    return one.on


def unread(collaboration: Collaboration, today: dt.date) -> Iterator[WeekRow]:
    """Reports that a concerned body in the collaboration has not said it has read. One query."""
    inside = Organisation.objects.filter(partnerships__in=collaboration.partnerships.on(today))
    body = "issues__concerned__organisation"
    concerned = PublishedReport.objects.standing().filter(
        dialogue__collaboration=collaboration, issues__concerned__organisation__in=inside
    )
    confirmed = ReadConfirmation.objects.filter(report=OuterRef("pk"), organisation=OuterRef(body))
    waiting = concerned.annotate(has_read=Exists(confirmed)).filter(has_read=False).order_by()
    names: dict[tuple[dt.date, str], list[str]] = defaultdict(list)
    for at, title, name in waiting.values_list("published_at", "title", f"{body}__short_name").distinct():
        names[timezone.localdate(at), title].append(name)
    for (on, title), bodies in names.items():
        who = "inte läst av " + ", ".join(sorted(bodies))
        yield WeekRow(title, "readers", who=who, when=f"publicerad {since_in_words(on, today)[6:]}", order=on)
