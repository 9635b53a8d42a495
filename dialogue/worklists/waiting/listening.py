"""Rows of the week about listening: texts to read, statements to review, waves that close; partners and letters."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from actors.models import Collaboration, Letter, Partnership
from dialogue.models import Dialogue
from dialogue.rules.week_boxes import SOON, WeekRow, day_in_words
from ostberga.lib.coarse_dates import week_of
from ostberga.lib.translations.sentences import list_in_words
from surveys.coding import reading_queue
from surveys.models import Response, Statement, Wave


@dataclass(frozen=True)
class OpenWave:
    """A wave that takes answers now."""

    wave: Wave
    days_left: int | None  # None when it is open until further notice
    this_week: int


@dataclass(frozen=True)
class WaitingCounts:
    """How many texts, statements and letters wait."""

    unread: int  # answers and notes that nobody has gone through
    raw: int  # statements to review
    quarantined: int  # statements
    failed: int  # letters


def count_waiting(collaboration: Collaboration) -> WaitingCounts:
    """All four in one query."""
    said, noted = reading_queue.unread_texts([collaboration])
    heard = Statement.objects.heard_in(collaboration)
    numbers = Collaboration.objects.filter(pk=collaboration.pk).values_list(
        _number(said) + _number(noted),
        _number(heard.filter(state=Statement.State.RAW)),
        _number(heard.filter(state=Statement.State.QUARANTINED)),
        _number(collaboration.letters.filter(state=Letter.State.FAILED)),
    )
    return WaitingCounts(*numbers.get())


def _number(rows: "QuerySet[Any]") -> Coalesce:
    """The number of rows as a subquery."""
    counted = (
        rows.order_by().annotate(constant=Value(1)).values("constant").annotate(number=Count("pk")).values("number")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def unread_text_rows(counts: WaitingCounts) -> Iterator[WeekRow]:
    """Texts and statements that must be read before anybody may see them."""
    kinds = (
        (counts.unread, "svar och anteckningar att läsa"),
        (counts.raw, "utsagor att granska innan de får visas"),
        (counts.quarantined, "utsagor i karantän att ta ställning till"),
    )
    for number, text in kinds:
        if number:
            yield WeekRow(text, "coding", number=number)


def failed_letter_rows(counts: WaitingCounts) -> Iterator[WeekRow]:
    """Letters that could not be delivered."""
    if counts.failed:
        yield WeekRow("brev som inte kom fram", "letters", number=counts.failed, is_late=True)


def list_open_waves(collaboration: Collaboration, today: dt.date) -> list[OpenWave]:
    """Waves that accept answers, with how many forms came this week. One query."""
    lately = Response.objects.of_people().filter(wave=OuterRef("pk"), received_on=week_of(today))
    waves = Wave.objects.open(today).filter(survey__collaboration=collaboration).select_related("survey")
    return [
        OpenWave(wave, (wave.closes_on - today).days if wave.closes_on else None, wave.came)  # type: ignore[attr-defined]
        for wave in waves.annotate(came=_number(lately))
    ]


def closing_wave_rows(waves: Iterable[OpenWave], today: dt.date) -> Iterator[WeekRow]:
    """Waves about to close."""
    for open_wave in waves:
        if open_wave.days_left is not None and open_wave.days_left <= SOON.days:
            near = {0: "i dag", 1: "i morgon"}.get(open_wave.days_left)
            when = f"stänger {near or day_in_words(open_wave.wave.closes_on or today, today)}"
            yield WeekRow(
                str(open_wave.wave), "survey", open_wave.wave.survey_id, when=when, order=open_wave.wave.closes_on
            )


def unconfirmed_partner_rows(collaboration: Collaboration) -> Iterator[WeekRow]:
    """The partners that have not confirmed their description, as one row with their short names. One query."""
    unconfirmed = Partnership.objects.current().filter(collaboration=collaboration, confirmed_at__isnull=True)
    names = list(unconfirmed.order_by("organisation__name").values_list("organisation__short_name", flat=True))
    if names:
        part = "part" if len(names) == 1 else "parter"
        yield WeekRow(
            f"{part} har inte bekräftat sin beskrivning", "partners", who=list_in_words(names), number=len(names)
        )


def process_step_rows(dialogue: Dialogue, today: dt.date) -> Iterator[WeekRow]:
    """Planned steps of the latest round that start soon or have just ended. One query."""
    planned = list(dialogue.steps.select_related("stage"))
    latest = max((step.round_number for step in planned), default=0)
    if not planned:
        text = "boende ser inte när något händer"
        yield WeekRow("Trappan har inga tider ännu", "steps", dialogue.pk, who=text)
    for step in planned:
        name = f"Steget {step.stage}"
        if step.round_number == latest and today <= step.start <= today + SOON:
            yield WeekRow(name, "steps", dialogue.pk, when=f"börjar {step.period.label()}", order=step.start)
        elif step.round_number == latest and step.end and today - SOON <= step.end < today:
            text = "tiden är ute. Är frågorna redo för nästa?"
            yield WeekRow(name, "issues", who=text, when=day_in_words(step.end, today), is_late=True, order=step.end)
