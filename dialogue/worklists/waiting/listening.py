"""What waits where we listen: texts to read, statements to review, waves that close, parties and letters."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from actors.models import Collaboration, Letter, Partnership
from dialogue.models import Dialogue
from dialogue.rules.staircase import Step
from dialogue.rules.week_boxes import SOON, WeekRow, day_in_words
from surveys.coding import reading_queue
from surveys.models import Response, Statement, Wave


@dataclass(frozen=True)
class OpenWave:
    """A wave that takes answers now."""

    wave: Wave
    days_left: int | None  # None when it is open until further notice
    this_week: int


@dataclass(frozen=True)
class Counts:
    """How much there is of what is done in bulk."""

    unread: int
    raw: int
    quarantined: int
    failed: int


def counts(collaboration: Collaboration) -> Counts:
    """All four in one query."""
    said, noted = reading_queue.unread_texts([collaboration])
    heard = Statement.objects.heard_in(collaboration)
    numbers = Collaboration.objects.filter(pk=collaboration.pk).values_list(
        _number(said) + _number(noted),
        _number(heard.filter(state=Statement.State.RAW)),
        _number(heard.filter(state=Statement.State.QUARANTINED)),
        _number(collaboration.letters.filter(state=Letter.State.FAILED)),
    )
    return Counts(*numbers.get())


def _number(rows: "QuerySet[Any]") -> Coalesce:
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def texts(found: Counts) -> Iterator[WeekRow]:
    """What has to be read before anybody may see it."""
    kinds = (
        (found.unread, "svar och anteckningar att läsa"),
        (found.raw, "utsagor att granska innan de får visas"),
        (found.quarantined, "utsagor i karantän att ta ställning till"),
    )
    for number, text in kinds:
        if number:
            yield WeekRow(text, "coding", number=number)


def letters(found: Counts) -> Iterator[WeekRow]:
    """Letters that nobody got."""
    if found.failed:
        yield WeekRow("brev som inte kom fram", "letters", number=found.failed, is_late=True)


def open_waves(collaboration: Collaboration, today: dt.date) -> list[OpenWave]:
    """Those that take answers, with how many forms came in the last seven days. One query."""
    lately = Response.objects.filter(wave=OuterRef("pk"), received_on__gte=today - dt.timedelta(days=6))
    found = Wave.objects.open(today).filter(survey__collaboration=collaboration).select_related("survey")
    waves = found.annotate(came=_number(lately))
    return [OpenWave(one, (one.closes_on - today).days if one.closes_on else None, one.came) for one in waves]  # type: ignore[attr-defined]


def closing(waves: Iterable[OpenWave], today: dt.date) -> Iterator[WeekRow]:
    """Those about to close."""
    for one in waves:
        if one.days_left is not None and one.days_left <= SOON.days:
            near = {0: "i dag", 1: "i morgon"}.get(one.days_left)
            when = f"stänger {near or day_in_words(one.wave.closes_on or today, today)}"
            yield WeekRow(str(one.wave), "survey", one.wave.survey_id, when=when, order=one.wave.closes_on)


def partners(collaboration: Collaboration) -> Iterator[WeekRow]:
    """Those that have not confirmed what is said of them. One query."""
    unconfirmed = Partnership.objects.current().filter(collaboration=collaboration, confirmed_at__isnull=True)
    for name in unconfirmed.order_by("organisation__name").values_list("organisation__name", flat=True):
        yield WeekRow(name, "partners", who="har inte bekräftat sin beskrivning")


def steps(dialogue: Dialogue, today: dt.date) -> Iterator[WeekRow]:
    """What the staircase's plan says of these weeks. One query."""
    planned = list(dialogue.steps.all())
    latest = max((one.round_number for one in planned), default=0)
    if not planned:
        text = "boende ser inte när något händer"
        yield WeekRow("Trappan har inga tider ännu", "steps", dialogue.pk, who=text)
    for one in planned:
        name = f"Steget {Step(one.step).label}"
        if one.round_number == latest and today <= one.start <= today + SOON:
            yield WeekRow(name, "steps", dialogue.pk, when=f"börjar {one.period.label()}", order=one.start)
        elif one.round_number == latest and one.end and today - SOON <= one.end < today:
            text = "tiden är ute. Är frågorna redo för nästa?"
            yield WeekRow(name, "issues", who=text, when=day_in_words(one.end, today), is_late=True, order=one.end)
