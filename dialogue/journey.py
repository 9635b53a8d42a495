"""The story of an issue: what people said, both sides of it, and what happened since."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from dialogue.models import Issue, StepChange
from dialogue.staircase import Step
from surveys.hearing import Crowd, crowd_around
from surveys.lineage import roots
from surveys.models import Attachment, Perspective, Polarity, Statement
from surveys.roles import Language, Role

QUOTES_SHOWN = 3


@dataclass(frozen=True)
class Quote:
    """A statement as it may be shown now: masked, confirmed, and beside a role only when many enough were heard."""

    text: str
    language: str
    translation: str
    is_translated: bool
    is_machine_translated: bool
    is_altered: bool
    role: str  # empty when naming it could point someone out


@dataclass(frozen=True)
class Voice:
    """A perspective with some of what it rests on."""

    perspective: Perspective
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Opposites:
    """Two voices against each other, equally large."""

    one: Voice
    other: Voice
    polarity: Polarity


@dataclass(frozen=True)
class Event:
    """Something that happened to the issue."""

    on: dt.date
    kind: str  # "round", "report" or "step"
    text: str = ""
    change: StepChange | None = None
    report_slug: str = ""
    number: int = 1  # which round

    @property
    def is_back(self) -> bool:
        """Whether the issue went down the staircase."""
        return self.change is not None and (self.change.from_step or 0) > self.change.to_step


@dataclass(frozen=True)
class Story:
    """All that the public page of an issue tells."""

    opposites: tuple[Opposites, ...]
    voices: tuple[Voice, ...]  # those that stand against no other in this issue
    events: tuple[Event, ...]


def of(issue: Issue) -> Story:
    """The story of an issue as it can be told today. A constant number of queries."""
    collaboration = issue.dialogue.collaboration
    merges = collaboration.perspectives.all().merges()
    now = roots(merges)
    linked = {now[key] for key in issue.links.values_list("perspective", flat=True)}
    told = list(collaboration.perspectives.all().standing().filter(pk__in=linked))
    voices = _voices(told, {key: root for key, root in now.items() if root in linked}, collaboration.minimum_group)
    opposites = tuple(_opposites(voices, now))
    paired = {side.perspective.pk for pair in opposites for side in (pair.one, pair.other)}
    alone = tuple(voice for key, voice in voices.items() if key not in paired)
    return Story(opposites, alone, tuple(_events(issue)))


def _opposites(voices: Mapping[int, Voice], now: Mapping[int, int]) -> Iterator[Opposites]:
    """Pairs of opposite voices, each once. A side that has gone up into another stands as that other."""
    family = [key for key, root in now.items() if root in voices]
    seen: set[frozenset[int]] = set()
    for polarity in Polarity.objects.filter(one__in=family, other__in=family).order_by("pk"):
        one, other = now[polarity.one_id], now[polarity.other_id]
        if one != other and frozenset({one, other}) not in seen:
            seen.add(frozenset({one, other}))
            yield Opposites(voices[one], voices[other], polarity)


def _voices(told: Sequence[Perspective], now: Mapping[int, int], minimum_group: int) -> dict[int, Voice]:
    """Each perspective with some quotes. `now` leads from every perspective behind it to what it is told as today."""
    rests = Attachment.objects.current().filter(perspective__in=[*now], statement__in=Statement.objects.publishable())
    said: dict[int, dict[object, Statement]] = {one.pk: {} for one in told}
    for attachment in rests.select_related("statement").defer("statement__raw_text").order_by("statement__pk"):
        if now[attachment.perspective_id] in said:
            said[now[attachment.perspective_id]][attachment.statement_id] = attachment.statement
    crowd = crowd_around((one for found in said.values() for one in found.values()), minimum_group)
    return {
        one.pk: Voice(one, tuple(_quote(quote, crowd) for quote in [*said[one.pk].values()][:QUOTES_SHOWN]))
        for one in told
    }


def _quote(statement: Statement, crowd: Crowd) -> Quote:
    """As it may be shown: in Swedish only, where so few spoke the language that it could point someone out."""
    original = crowd.may_show_language(statement)
    return Quote(
        text=statement.text if original else statement.swedish,
        language=statement.language if original else Language.SWEDISH.value,
        translation=statement.translation if original else "",
        is_translated=bool(statement.translation),
        is_machine_translated=statement.translation_is_machine,
        is_altered=statement.is_altered,
        role=str(Role(statement.role).label) if crowd.may_show_role(statement) else "",
    )


def _events(issue: Issue) -> list[Event]:
    """What happened, oldest first. That a round begins at its first step is said once, by the round."""
    told: list[tuple[dt.datetime, Event]] = []
    for one in issue.rounds.prefetch_related(Prefetch("changes", StepChange.objects.order_by("at", "pk"))):
        changes = list(one.changes.all())
        if changes and changes[0].to_step == Step.INTERVIEWS:
            opening = changes.pop(0)
            told.append((opening.at, Event(one.started_on, "round", one.cause or opening.reason, number=one.number)))
        else:
            midnight = timezone.make_aware(dt.datetime.combine(one.started_on, dt.time.min))
            told.append((midnight, Event(one.started_on, "round", one.cause, number=one.number)))
        told += [(one.at, Event(timezone.localdate(one.at), "step", one.reason, one)) for one in changes]
    for report in issue.reports.standing():
        day = timezone.localdate(report.published_at)
        told.append((report.published_at, Event(day, "report", report.title, report_slug=report.slug)))
    return [event for _, event in sorted(told, key=lambda pair: pair[0])]
