"""The story of an issue: what people said, both sides of it, and what happened since."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils import timezone

from dialogue.models import Issue, StepChange
from surveys.hearing import nameable_roles
from surveys.models import Attachment, Perspective, Polarity, Statement
from surveys.roles import Role

QUOTES_SHOWN = 3


@dataclass(frozen=True)
class Quote:
    """A statement as it may be shown now: masked, confirmed, and beside a role only when many enough were heard."""

    text: str
    language: str
    translation: str
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


@dataclass(frozen=True)
class Story:
    """All that the public page of an issue tells."""

    opposites: tuple[Opposites, ...]
    voices: tuple[Voice, ...]  # those that stand against no other in this issue
    events: tuple[Event, ...]


def of(issue: Issue) -> Story:
    """The story of an issue as it can be told today. A constant number of queries."""
    linked = list(issue.perspectives.all())
    roots = _resolve(linked, issue)
    voices = _voices(roots, issue.dialogue.collaboration.minimum_group)
    polarities = Polarity.objects.filter(one__in=roots, other__in=roots).select_related("one", "other").order_by("pk")
    opposites = tuple(Opposites(voices[pair.one_id], voices[pair.other_id], pair) for pair in polarities)
    paired = {key for pair in polarities for key in (pair.one_id, pair.other_id)}
    alone = tuple(voice for key, voice in voices.items() if key not in paired)
    return Story(opposites, alone, tuple(_events(issue)))


def _resolve(linked: Sequence[Perspective], issue: Issue) -> list[Perspective]:
    """The perspectives as they stand now: one merged into another is told as that other."""
    if all(one.merged_into_id is None and one.retired_at is None for one in linked):
        return list(linked)
    everyone = {one.pk: one for one in issue.dialogue.collaboration.perspectives.all()}
    now = [_root(everyone[one.pk], everyone) for one in linked]
    return list({one.pk: one for one in now if one.retired_at is None}.values())


def _root(perspective: Perspective, everyone: dict[int, Perspective]) -> Perspective:
    while perspective.merged_into_id is not None:
        perspective = everyone[perspective.merged_into_id]
    return perspective


def _voices(perspectives: Sequence[Perspective], minimum_group: int) -> dict[int, Voice]:
    keys = [one.pk for one in perspectives]
    ancestors = _ancestors(keys)
    rests = Attachment.objects.current().filter(
        perspective__in=[*ancestors], statement__in=Statement.objects.publishable()
    )
    by_perspective: dict[int, dict[object, Statement]] = {key: {} for key in keys}
    for attachment in rests.select_related("statement").defer("statement__raw_text").order_by("statement__pk"):
        for key in ancestors[attachment.perspective_id]:
            by_perspective[key][attachment.statement_id] = attachment.statement
    statements = [statement for found in by_perspective.values() for statement in found.values()]
    nameable = nameable_roles(statements, minimum_group)
    return {
        one.pk: Voice(one, tuple(_quote(said, nameable) for said in [*by_perspective[one.pk].values()][:QUOTES_SHOWN]))
        for one in perspectives
    }


def _ancestors(keys: Sequence[int]) -> dict[int, list[int]]:
    """Perspective → those of `keys` it is told as, itself included. Merges are followed three levels up."""
    found: dict[int, list[int]] = {}
    chain = ("merged_into", "merged_into__merged_into", "merged_into__merged_into__merged_into")
    within = Q(pk__in=keys)
    for step in chain:
        within |= Q(**{f"{step}__in": keys})
    for row in Perspective.objects.filter(within).values_list("pk", *chain):
        found[row[0]] = [key for key in row if key in keys]
    return found


def _quote(statement: Statement, nameable: set[tuple[int, str]]) -> Quote:
    may_name = (statement.wave_id, statement.role) in nameable
    return Quote(
        text=statement.text,
        language=statement.language,
        translation=statement.translation,
        is_machine_translated=statement.translation_is_machine,
        is_altered=statement.is_altered,
        role=str(Role(statement.role).label) if may_name else "",
    )


def _events(issue: Issue) -> Iterable[Event]:
    events = []
    for one in issue.rounds.prefetch_related(Prefetch("changes", StepChange.objects.order_by("at"))):
        events.append(Event(one.started_on, "round", one.cause))
        events.extend(
            Event(timezone.localdate(change.at), "step", change.reason, change) for change in one.changes.all()
        )
    for report in issue.reports.standing():
        events.append(Event(timezone.localdate(report.published_at), "report", report.title, report_slug=report.slug))
    return sorted(events, key=lambda event: event.on)
