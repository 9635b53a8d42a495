"""Rows of the week about answers we wait for: by due date, by organisation, and reports nobody has confirmed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef
from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration, Mandate, Organisation
from dialogue.activities import activity_rows
from dialogue.models import PartDecision, PublishedReport, ReadConfirmation
from dialogue.rules.week_boxes import WEEK, WeekRow, day_in_words, due_in_words, since_in_words


@dataclass(frozen=True)
class AwaitedAnswer:
    """A decision or a commitment that a body was asked for and has not answered."""

    body: int
    short: str
    name: str
    title: str
    where: str  # the name of the page of what was asked about
    key: int  # and the key in its address
    part: int | None  # the key of the part of a decision; None for commitments
    on: dt.date  # when it was asked
    due_on: dt.date | None
    can_answer: bool


def list_awaited_answers(
    collaboration: Collaboration, activities: Iterable[activity_rows.ActivityRow]
) -> list[AwaitedAnswer]:
    """Open parts of decisions and open commitments of these activities. One query."""
    return [*_of_decisions(collaboration), *_of_activities(activities)]


def _of_decisions(collaboration: Collaboration) -> Iterator[AwaitedAnswer]:
    asked_here = PartDecision.objects.open().filter(decision__dialogue__collaboration=collaboration)
    speaks = ExpressionWrapper(asked_here.covered_by(Mandate.objects.all()), output_field=BooleanField())
    parts = asked_here.annotate(speaks=speaks)
    body = ("organisation", "organisation__short_name", "organisation__name")
    asked = ("decision__title", "decision", "pk", "decision__requested_at", "due_on", "speaks")
    for key, short, name, title, decision, part, at, until, speaks in parts.order_by().values_list(*body, *asked):
        on = timezone.localdate(at)
        yield AwaitedAnswer(key, short, name, title.get("sv", ""), "decision", decision, part, on, until, speaks)


def _of_activities(rows: Iterable[activity_rows.ActivityRow]) -> Iterator[AwaitedAnswer]:
    for row in rows:
        for commitment in row.unanswered:
            body, on = commitment.organisation, timezone.localdate(commitment.asked_at)
            about = str(row.activity), "activity", row.activity.pk
            yield AwaitedAnswer(
                body.pk, body.short_name, body.name, *about, None, on, commitment.due_on, can_answer=True
            )


def due_soon_rows(awaited: Iterable[AwaitedAnswer], slug: str, today: dt.date) -> Iterator[WeekRow]:
    """Answers that are late, and those due within a week."""
    for answer in awaited:
        if answer.due_on and answer.due_on <= today + WEEK:
            link = partial(_deadline_url, slug, answer) if answer.part else None
            yield WeekRow(
                answer.title,
                answer.where,
                answer.key,
                who=answer.short,
                when=due_in_words(answer.due_on, today),
                is_late=answer.due_on < today,
                order=answer.due_on,
                link=link,
            )


def _deadline_url(slug: str, answer: AwaitedAnswer) -> str:
    """The page where the deadline of the part is moved."""
    return reverse("coordinate:decision-deadline", args=[slug, answer.key, answer.part])


def rows_by_body(awaited: Iterable[AwaitedAnswer], today: dt.date) -> Iterator[WeekRow]:
    """One row for each body: how many answers it owes, the oldest and since when; late when nobody there may answer."""
    bodies: dict[int, list[AwaitedAnswer]] = defaultdict(list)
    for answer in awaited:
        bodies[answer.body].append(answer)
    for waiting in bodies.values():
        oldest = min(waiting, key=_asked_on)
        text = f"{len(waiting)} frågor, den äldsta: {oldest.title}" if len(waiting) > 1 else oldest.title
        when = since_in_words(oldest.on, today)
        if all(answer.can_answer for answer in waiting):
            yield WeekRow(oldest.name, oldest.where, oldest.key, who=text, when=when, order=oldest.on)
        else:
            invite = f"ingen har mandat att svara här, föreslå någon: {text}"
            yield WeekRow(oldest.name, "people", who=invite, when=when, is_late=True, order=oldest.on)


def _asked_on(answer: AwaitedAnswer) -> dt.date:
    return answer.on


def unread_report_rows(collaboration: Collaboration, today: dt.date) -> Iterator[WeekRow]:
    """Reports that a concerned body in the collaboration has not confirmed as read. One query."""
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
        yield WeekRow(title, "readers", who=who, when=f"publicerad {day_in_words(on, today)}", order=on)
