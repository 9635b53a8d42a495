"""The queue of texts to read: free-text answers and interview notes of a wave, ordered by day, form and question."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, SmallIntegerField, Value

from actors.models import Collaboration, User
from ostberga.lib.translations.languages import SOURCE
from surveys.models import Answer, Interview, PiledText, Wave
from surveys.rules.languages import LANGUAGE_NAMES
from surveys.statements.sources import ANSWER, INTERVIEW, Source, find_source

PER_PAGE = 50
UNREAD, READ, ALL = "kvar", "klara", "alla"
PREVIEW = 90  # characters of a text in the list
# Texts of one response stay together: `whole` is the response or interview, `turn` the question's position in the form.
# The key comes last to make the order unique.
ORDER = ("day", "whole", "turn", "pk")

# More texts than a form has questions with free text.
MOST_TOGETHER = 40

Text = TypeVar("Text", Answer, Interview)
Row = dict[str, Any]
Rows = QuerySet[Any, Row]


@dataclass(frozen=True)
class QueueFilter:
    """The coder's selection of texts."""

    wave: Wave
    state: str = UNREAD
    source: str = ""
    language: str = ""
    coder: User | None = None  # only the texts of this person's piles; None for whoever coordinates
    is_undealt: bool = False  # only texts that lie in nobody's pile


@dataclass(frozen=True)
class QueueItem:
    """One text in the list. Only texts on the shown page are decrypted."""

    kind: str
    pk: UUID
    title: str
    preview: str
    day: dt.date  # of an answer only the Monday of its week is known
    language: str
    is_read: bool

    @property
    def is_answer(self) -> bool:
        """Whether it comes from a form."""
        return self.kind == ANSWER

    @property
    def other_language(self) -> str:
        """Its language in Swedish; empty when that is Swedish."""
        return "" if self.language == SOURCE else LANGUAGE_NAMES.get(self.language, self.language)


@dataclass(frozen=True)
class ReadingProgress:
    """How many texts of a wave have been read."""

    read: int
    total: int

    @property
    def share(self) -> int:
        """Percentage read, as an integer."""
        return round(100 * self.read / self.total) if self.total else 0


def limited_reader(collaboration: Collaboration, user: User) -> User | None:
    """Return the person if she reads only what lies in her piles, or None if she coordinates. One query."""
    return None if Collaboration.objects.coordinated_by(user).contains(collaboration) else user


def waves_to_read(collaboration: Collaboration, coder: User | None = None) -> QuerySet[Wave]:
    """Return waves with texts, latest first; with a coder only those with texts of her piles."""
    all_answers, all_interviews = _readable(coder)
    answers = all_answers.filter(response__wave=OuterRef("pk"))
    interviews = all_interviews.filter(wave=OuterRef("pk"))
    waves = Wave.objects.filter(Exists(answers) | Exists(interviews), survey__collaboration=collaboration)
    return waves.select_related("survey").order_by("-opens_on", "-number")


def count_unread(collaborations: Collection[Collaboration]) -> Counter[int]:
    """Return the number of unread texts per collaboration key. Two queries, however many collaborations."""
    counts: Counter[int] = Counter()
    answers, interviews = unread_texts(collaborations)
    for rows, wave in ((answers, "response__wave"), (interviews, "wave")):
        waiting = rows.values_list(f"{wave}__survey__collaboration")
        counts.update(dict(waiting.annotate(Count("pk")).order_by()))
    return counts


def unread_texts(collaborations: Collection[Collaboration]) -> tuple[QuerySet[Answer], QuerySet[Interview]]:
    """Return the unread answers and interviews."""
    answers = Answer.objects.filter(response__wave__survey__collaboration__in=collaborations, coded_at__isnull=True)
    interviews = Interview.objects.filter(wave__survey__collaboration__in=collaborations, coded_at__isnull=True)
    return answers.exclude(text=""), interviews.exclude(notes="")


def reading_progress(queue_filter: QueueFilter) -> ReadingProgress:
    """Return how many texts of the wave, or of the coder's piles in it, have been read. Two queries."""
    counts_by_source = [
        rows.aggregate(total=Count("pk"), read=Count("pk", filter=Q(coded_at__isnull=False)))
        for rows in _texts(queue_filter)
    ]
    return ReadingProgress(
        sum(counts["read"] for counts in counts_by_source), sum(counts["total"] for counts in counts_by_source)
    )


def count_texts(queue_filter: QueueFilter) -> int:
    """Return the number of texts in the list."""
    return sum(rows.count() for _, rows in _selected_rows(queue_filter))


def list_page(queue_filter: QueueFilter, number: int) -> list[QueueItem]:
    """Return one page of the list, numbered from 1. The number of queries does not depend on its length."""
    start = (max(number, 1) - 1) * PER_PAGE
    return _load_texts(list(_all_rows(queue_filter)[start : start + PER_PAGE]))


def first_keys(queue_filter: QueueFilter, number: int) -> list[tuple[str, UUID]]:
    """Return (kind, key) of the first texts in the list. The last response among them is whole, so it may be more."""
    rows = list(_all_rows(queue_filter)[: number + MOST_TOGETHER])
    chosen = rows[:number]
    chosen += takewhile(lambda row: row["whole"] == chosen[-1]["whole"], rows[number:])
    return [(row["kind"], row["pk"]) for row in chosen]


def count_undealt(collaboration: Collaboration) -> Counter[int]:
    """Return how many unread texts lie in nobody's pile, by the key of their wave. Two queries."""
    counts: Counter[int] = Counter()
    answers, interviews = unread_texts([collaboration])
    for rows in (
        _undealt(answers).values_list("response__wave").annotate(Count("pk")),
        _undealt(interviews).values_list("wave").annotate(Count("pk")),
    ):
        counts.update(dict(rows.order_by()))
    return counts


def count_before(queue_filter: QueueFilter, source: Source) -> int:
    """Return the number of texts in the list before this one."""
    return sum(rows.filter(_position_condition(source, "lt")).count() for _, rows in _selected_rows(queue_filter))


def next_text(queue_filter: QueueFilter, source: Source) -> tuple[str, UUID] | None:
    """Return (kind, key) of the next text in the list, or None."""
    return _nearest(queue_filter, _position_condition(source, "gt"), back=False)


def previous_text(queue_filter: QueueFilter, source: Source) -> tuple[str, UUID] | None:
    """Return (kind, key) of the previous text in the list, or None."""
    return _nearest(queue_filter, _position_condition(source, "lt"), back=True)


def first_text(queue_filter: QueueFilter, collaboration: Collaboration) -> Source | None:
    """Return the first text in the list, or None."""
    rows = list(_all_rows(queue_filter)[:1])
    return find_source(collaboration, rows[0]["kind"], rows[0]["pk"]) if rows else None


def _readable(coder: User | None) -> tuple[QuerySet[Answer], QuerySet[Interview]]:
    """Return all texts, or those of a coder's piles."""
    answers = Answer.objects.in_piles_of(coder) if coder else Answer.objects.all()
    interviews = Interview.objects.in_piles_of(coder) if coder else Interview.objects.all()
    return answers.exclude(text=""), interviews.exclude(notes="")


def _texts(queue_filter: QueueFilter) -> tuple[QuerySet[Answer], QuerySet[Interview]]:
    answers, interviews = _readable(queue_filter.coder)
    answers = answers.filter(response__wave=queue_filter.wave)
    interviews = interviews.filter(wave=queue_filter.wave)
    return (_undealt(answers), _undealt(interviews)) if queue_filter.is_undealt else (answers, interviews)


def _undealt(rows: QuerySet[Text]) -> QuerySet[Text]:
    column = "answer" if rows.model is Answer else "interview"
    return rows.filter(~Exists(PiledText.objects.filter(**{column: OuterRef("pk")}, is_out=True)))


def _selected_rows(queue_filter: QueueFilter) -> Iterator[tuple[str, Rows]]:
    answers, interviews = _texts(queue_filter)
    state = {} if queue_filter.state == ALL else {"coded_at__isnull": queue_filter.state != READ}
    answer_language = {"response__language": queue_filter.language} if queue_filter.language else {}
    interview_language = {"language": queue_filter.language} if queue_filter.language else {}
    if queue_filter.source in {"", ANSWER}:
        answer_rows = answers.filter(**state, **answer_language).annotate(
            kind=Value(ANSWER), day=F("response__received_on"), whole=F("response"), turn=F("question__position")
        )
        yield ANSWER, answer_rows.values("kind", *ORDER)
    if queue_filter.source in {"", INTERVIEW}:
        interview_rows = interviews.filter(**state, **interview_language).annotate(
            kind=Value(INTERVIEW), day=F("held_on"), whole=F("pk"), turn=Value(0, output_field=SmallIntegerField())
        )
        yield INTERVIEW, interview_rows.values("kind", *ORDER)


def _all_rows(queue_filter: QueueFilter) -> Rows:
    querysets = [rows for _, rows in _selected_rows(queue_filter)]
    joined = querysets[0].union(*querysets[1:], all=True) if len(querysets) > 1 else querysets[0]
    return joined.order_by(*ORDER)


def _sort_key(source: Source) -> dict[str, Any]:
    """Return the sort key of a text."""
    row = source.row
    if isinstance(row, Answer):
        return {"day": source.day, "whole": row.response_id, "turn": row.question.position, "pk": row.pk}
    return {"day": source.day, "whole": row.pk, "turn": 0, "pk": row.pk}


def _position_condition(source: Source, side: str) -> Q:
    """Return the condition for texts before («lt») or after («gt») this one."""
    condition, equal_so_far = Q(), Q()
    for name, value in _sort_key(source).items():
        condition |= equal_so_far & Q(**{f"{name}__{side}": value})
        equal_so_far &= Q(**{name: value})
    return condition


def _nearest(queue_filter: QueueFilter, side: Q, *, back: bool) -> tuple[str, UUID] | None:
    order = [f"-{name}" if back else name for name in ORDER]
    candidates = [row for _, rows in _selected_rows(queue_filter) for row in rows.filter(side).order_by(*order)[:1]]
    if not candidates:
        return None
    nearest = sorted(candidates, key=lambda row: [row[name] for name in ORDER], reverse=back)[0]
    return nearest["kind"], nearest["pk"]


def _load_texts(rows: list[Row]) -> list[QueueItem]:
    keys = {kind: [row["pk"] for row in rows if row["kind"] == kind] for kind in (ANSWER, INTERVIEW)}
    answers = Answer.objects.select_related("response__wave", "question").in_bulk(keys[ANSWER])
    interviews = Interview.objects.select_related("wave").in_bulk(keys[INTERVIEW])
    texts: dict[UUID, Answer | Interview] = {**answers, **interviews}
    return [_queue_item(Source(texts[row["pk"]])) for row in rows if row["pk"] in texts]


def _queue_item(source: Source) -> QueueItem:
    words = " ".join(source.text[: PREVIEW * 2].split())
    preview = words if len(words) <= PREVIEW else f"{words[:PREVIEW].rsplit(' ', 1)[0]} …"
    return QueueItem(source.kind, source.row.pk, source.title, preview, source.day, source.language, source.is_read)
