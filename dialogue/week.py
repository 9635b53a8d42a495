"""What waits for the coordinator: everything that somebody has to look at, found where it lies."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from actors.models import Collaboration, Letter, Partnership
from dialogue import checklists, gates
from dialogue.models import Dialogue
from dialogue.staircase import Step, missing_for
from dialogue.waiting import SOON, Waiting, in_work
from surveys.models import Response, Statement, Wave
from surveys.reading import unread

# A week is one page: the rest stands in the list of issues.
ISSUES_SHOWN = 15


@dataclass(frozen=True)
class OpenWave:
    """A wave that takes answers now."""

    wave: Wave
    days_left: int | None  # None when it is open until further notice
    this_week: int


@dataclass(frozen=True)
class Week:
    """All that waits, and what is going on."""

    waiting: tuple[Waiting, ...]
    waves: tuple[OpenWave, ...]

    @property
    def urgent(self) -> list[Waiting]:
        """What somebody is waiting for."""
        return [one for one in self.waiting if one.is_urgent]

    @property
    def calm(self) -> list[Waiting]:
        """What can be done when there is time."""
        return [one for one in self.waiting if not one.is_urgent]


def of(collaboration: Collaboration, today: dt.date | None = None) -> Week:
    """The week of a collaboration. The number of queries does not depend on how much waits."""
    today = today or timezone.localdate()
    waves = tuple(_open_waves(collaboration, today))
    dialogue = collaboration.dialogues.current().first()
    waiting = [*_texts(collaboration), *_letters(collaboration), *_waves(waves), *_partners(collaboration)]
    waiting += in_work(collaboration, today)
    if dialogue is None:
        waiting.append(Waiting("Ingen dialog pågår. Börja med frågan ni vill ställa.", "dialogue-new"))
    else:
        waiting += [*_steps(dialogue, today), *_issues(dialogue)]
    return Week(tuple(waiting), waves)


def _texts(collaboration: Collaboration) -> Iterator[Waiting]:
    texts = unread([collaboration])[collaboration.pk]
    if texts:
        yield Waiting("svar och anteckningar att läsa", "coding", texts, is_urgent=True)
    states = dict(Statement.objects.heard_in(collaboration).values_list("state").annotate(Count("pk")).order_by())
    if raw := states.get(Statement.State.RAW):
        yield Waiting("utsagor att granska innan de får visas", "coding", raw, is_urgent=True)
    if kept := states.get(Statement.State.QUARANTINED):
        yield Waiting("utsagor i karantän att ta ställning till", "coding", kept, is_urgent=True)


def _letters(collaboration: Collaboration) -> Iterator[Waiting]:
    failed = collaboration.letters.filter(state=Letter.State.FAILED).count()
    if failed:
        yield Waiting("brev som inte kom fram", "letters", failed, is_urgent=True)


def _open_waves(collaboration: Collaboration, today: dt.date) -> Iterator[OpenWave]:
    waves = list(Wave.objects.open(today).filter(survey__collaboration=collaboration).select_related("survey"))
    since = today - dt.timedelta(days=6)
    lately = Response.objects.filter(wave__in=waves, received_on__gte=since)
    came = dict(lately.values_list("wave").annotate(Count("pk")).order_by())
    for wave in waves:
        yield OpenWave(wave, (wave.closes_on - today).days if wave.closes_on else None, came.get(wave.pk, 0))


def _waves(waves: tuple[OpenWave, ...]) -> Iterator[Waiting]:
    for one in waves:
        if one.days_left is not None and one.days_left <= SOON.days:
            days = {0: "i dag", 1: "i morgon"}.get(one.days_left, f"om {one.days_left} dagar")
            yield Waiting(f"{one.wave} stänger {days}", "survey", key=one.wave.survey_id)


def _partners(collaboration: Collaboration) -> Iterator[Waiting]:
    unconfirmed = Partnership.objects.current().filter(collaboration=collaboration, confirmed_at__isnull=True).count()
    if unconfirmed:
        yield Waiting("parter har inte bekräftat sin beskrivning", "partners", unconfirmed)


def _steps(dialogue: Dialogue, today: dt.date) -> Iterator[Waiting]:
    steps = list(dialogue.steps.all())
    latest = max((one.round_number for one in steps), default=0)
    if not steps:
        yield Waiting("Trappan har inga tider ännu. Boende ser inte när något händer.", "steps", key=dialogue.pk)
    for one in (one for one in steps if one.round_number == latest):
        name = Step(one.step).label
        if today <= one.start <= today + SOON:
            yield Waiting(f"Steget {name} börjar {one.period.label()}", "steps", key=dialogue.pk)
        elif one.end and today - SOON <= one.end < today:
            yield Waiting(f"Tiden för steget {name} är ute. Är frågorna redo för nästa?", "issues", is_urgent=True)


def _issues(dialogue: Dialogue) -> Iterator[Waiting]:
    issues = list(dialogue.issues.all())
    facts = gates.facts_of([issue.pk for issue in issues[:ISSUES_SHOWN]])
    answered = set(dialogue.issues.all().answered().values_list("pk", flat=True))
    for issue in issues[:ISSUES_SHOWN]:
        missing = missing_for(Step(issue.step), facts[issue.pk], dialogue.thresholds)
        if missing:
            yield Waiting(f"{issue}: {checklists.in_short(missing)}", "issue", key=issue.pk)
        elif issue.pk not in answered:
            last = issue.step == Step.IMPLEMENTATION
            ready = "kan avslutas med ett svar" if last else "inget saknas, frågan kan gå vidare"
            yield Waiting(f"{issue}: {ready}", "issue", key=issue.pk)
    if issues[ISSUES_SHOWN:]:
        yield Waiting("frågor till", "issues", len(issues) - ISSUES_SHOWN)
    hidden = sum(1 for issue in issues if issue.published_at is None)
    if hidden:
        yield Waiting("frågor syns inte för boende ännu", "issues", hidden)
    if not issues:
        yield Waiting("Dialogen har inga sakfrågor än. De växer fram ur perspektiven.", "issues")
