"""What waits to be read: free-text answers and notes of one wave, as one list by day, then by form, then as asked."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, SmallIntegerField, Value

from actors.models import Collaboration
from surveys.models import Answer, Interview, Wave
from surveys.statements.sources import ANSWER, INTERVIEW, Source, find_source

PER_PAGE = 50
UNREAD, READ, ALL = "kvar", "klara", "alla"
PREVIEW = 90  # signs of a text in the list
# All that one person wrote stands together, as it was asked: `whole` is the form or the conversation, `turn` the
# question's place in the form. The keys last, so that no two texts have the same place.
ORDER = ("day", "whole", "turn", "pk")

Row = dict[str, Any]
Rows = QuerySet[Any, Row]


@dataclass(frozen=True)
class QueueFilter:
    """What the coder has chosen to read."""

    wave: Wave
    state: str = UNREAD
    source: str = ""
    language: str = ""


@dataclass(frozen=True)
class QueueItem:
    """One text in the list. Only texts that are shown are ever opened."""

    kind: str
    pk: UUID
    title: str
    preview: str
    day: dt.date
    language: str
    is_read: bool


@dataclass(frozen=True)
class ReadingProgress:
    """How far the reading of a wave has come."""

    read: int
    total: int

    @property
    def share(self) -> int:
        """Whole per cent."""
        return round(100 * self.read / self.total) if self.total else 0


def waves_to_read(collaboration: Collaboration) -> QuerySet[Wave]:
    """Waves with something to read, the latest first."""
    said = Answer.objects.filter(response__wave=OuterRef("pk")).exclude(text="")
    noted = Interview.objects.filter(wave=OuterRef("pk")).exclude(notes="")
    waves = Wave.objects.filter(Exists(said) | Exists(noted), survey__collaboration=collaboration)
    return waves.select_related("survey").order_by("-opens_on", "-number")


def count_unread(collaborations: Collection[Collaboration]) -> Counter[int]:
    """How many texts nobody has read yet, by the collaboration's key. Two queries, however many."""
    found: Counter[int] = Counter()
    said, noted = unread_texts(collaborations)
    for rows, wave in ((said, "response__wave"), (noted, "wave")):
        waiting = rows.values_list(f"{wave}__survey__collaboration")
        found.update(dict(waiting.annotate(Count("pk")).order_by()))
    return found


def unread_texts(collaborations: Collection[Collaboration]) -> tuple[QuerySet[Answer], QuerySet[Interview]]:
    """The texts that nobody has read yet: answers, and notes of conversations."""
    said = Answer.objects.filter(response__wave__survey__collaboration__in=collaborations, coded_at__isnull=True)
    noted = Interview.objects.filter(wave__survey__collaboration__in=collaborations, coded_at__isnull=True)
    return said.exclude(text=""), noted.exclude(notes="")


def reading_progress(wave: Wave) -> ReadingProgress:
    """Read out of all, answers and conversations together. Two queries."""
    counted = [
        rows.aggregate(total=Count("pk"), read=Count("pk", filter=Q(coded_at__isnull=False))) for rows in _texts(wave)
    ]
    return ReadingProgress(sum(each["read"] for each in counted), sum(each["total"] for each in counted))


def count_texts(wanted: QueueFilter) -> int:
    """How many texts are in the list."""
    return sum(rows.count() for _, rows in _chosen(wanted))


def list_page(wanted: QueueFilter, number: int) -> list[QueueItem]:
    """One page of the list, numbered from 1. The number of queries does not depend on how long the list is."""
    start = (max(number, 1) - 1) * PER_PAGE
    return _opened(list(_joined(wanted)[start : start + PER_PAGE]))


def count_before(wanted: QueueFilter, source: Source) -> int:
    """How many texts of the list come before this one."""
    return sum(rows.filter(_beside(source, "lt")).count() for _, rows in _chosen(wanted))


def next_text(wanted: QueueFilter, source: Source) -> tuple[str, UUID] | None:
    """Kind and key of the text that comes next in the list."""
    return _edge(wanted, _beside(source, "gt"), back=False)


def previous_text(wanted: QueueFilter, source: Source) -> tuple[str, UUID] | None:
    """Kind and key of the text that comes before in the list."""
    return _edge(wanted, _beside(source, "lt"), back=True)


def first_text(wanted: QueueFilter, collaboration: Collaboration) -> Source | None:
    """The text to begin with."""
    rows = list(_joined(wanted)[:1])
    return find_source(collaboration, rows[0]["kind"], rows[0]["pk"]) if rows else None


def _texts(wave: Wave) -> tuple[QuerySet[Answer], QuerySet[Interview]]:
    return (
        Answer.objects.filter(response__wave=wave).exclude(text=""),
        Interview.objects.filter(wave=wave).exclude(notes=""),
    )


def _chosen(wanted: QueueFilter) -> Iterator[tuple[str, Rows]]:
    answers, interviews = _texts(wanted.wave)
    state = {} if wanted.state == ALL else {"coded_at__isnull": wanted.state != READ}
    spoken = {"response__language": wanted.language} if wanted.language else {}
    noted = {"language": wanted.language} if wanted.language else {}
    if wanted.source in {"", ANSWER}:
        found = answers.filter(**state, **spoken).annotate(
            kind=Value(ANSWER), day=F("response__received_on"), whole=F("response"), turn=F("question__position")
        )
        yield ANSWER, found.values("kind", *ORDER)
    if wanted.source in {"", INTERVIEW}:
        talks = interviews.filter(**state, **noted).annotate(
            kind=Value(INTERVIEW), day=F("held_on"), whole=F("pk"), turn=Value(0, output_field=SmallIntegerField())
        )
        yield INTERVIEW, talks.values("kind", *ORDER)


def _joined(wanted: QueueFilter) -> Rows:
    querysets = [rows for _, rows in _chosen(wanted)]
    joined = querysets[0].union(*querysets[1:], all=True) if len(querysets) > 1 else querysets[0]
    return joined.order_by(*ORDER)


def _place(source: Source) -> dict[str, Any]:
    """What the text is ordered by."""
    row = source.row
    if isinstance(row, Answer):
        return {"day": source.day, "whole": row.response_id, "turn": row.question.position, "pk": row.pk}
    return {"day": source.day, "whole": row.pk, "turn": 0, "pk": row.pk}


def _beside(source: Source, side: str) -> Q:
    """Those before («lt») or after («gt») this text."""
    found, same = Q(), Q()
    for name, value in _place(source).items():
        found |= same & Q(**{f"{name}__{side}": value})
        same &= Q(**{name: value})
    return found


def _edge(wanted: QueueFilter, side: Q, *, back: bool) -> tuple[str, UUID] | None:
    order = [f"-{name}" if back else name for name in ORDER]
    candidates = [row for _, rows in _chosen(wanted) for row in rows.filter(side).order_by(*order)[:1]]
    if not candidates:
        return None
    nearest = sorted(candidates, key=lambda row: [row[name] for name in ORDER], reverse=back)[0]
    return nearest["kind"], nearest["pk"]


def _opened(rows: list[Row]) -> list[QueueItem]:
    keys = {kind: [row["pk"] for row in rows if row["kind"] == kind] for kind in (ANSWER, INTERVIEW)}
    answers = Answer.objects.select_related("response__wave", "question").in_bulk(keys[ANSWER])
    interviews = Interview.objects.select_related("wave").in_bulk(keys[INTERVIEW])
    found: dict[UUID, Answer | Interview] = {**answers, **interviews}
    return [_waiting(Source(found[row["pk"]])) for row in rows if row["pk"] in found]


def _waiting(source: Source) -> QueueItem:
    words = " ".join(source.text[: PREVIEW * 2].split())
    preview = words if len(words) <= PREVIEW else f"{words[:PREVIEW].rsplit(' ', 1)[0]} …"
    return QueueItem(source.kind, source.row.pk, source.title, preview, source.day, source.language, source.is_read)
