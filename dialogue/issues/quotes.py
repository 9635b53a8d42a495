"""Quotes: perspectives as they stand today with what people said, and both sides where they disagree."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import QuerySet

from actors.models import Collaboration
from dialogue.issues.separate_forms import forms_apart_from
from dialogue.models import Dialogue
from ostberga.lib.translations.languages import SOURCE
from surveys.fielding.heard_counts import HeardCounts, count_heard
from surveys.models import Attachment, Perspective, Polarity, Statement
from surveys.rules.lineage import roots
from surveys.rules.roles import Role

QUOTES_SHOWN = 3  # for each perspective
PERSPECTIVES_PER_PAGE = 24  # on a phone
# Takes the last day of a wave (None while it is open) and says whether the wave lies within the period asked for.
InPeriod = Callable[[dt.date | None], bool]


@dataclass(frozen=True)
class QuotedStatement:
    """A confirmed, redacted statement as it may be shown now. Its role is shown only when enough people were heard."""

    text: str
    language: str
    translation: str
    is_translated: bool
    is_machine_translated: bool
    is_altered: bool
    role: str  # empty when naming it could point someone out
    until: dt.date | None  # the last day of its wave; None while the wave is open


@dataclass(frozen=True)
class PerspectiveQuotes:
    """A perspective with some of its quotes."""

    perspective: Perspective
    quotes: tuple[QuotedStatement, ...]


@dataclass(frozen=True)
class Opposites:
    """Two perspectives set against each other, shown equally large."""

    one: PerspectiveQuotes
    other: PerspectiveQuotes
    polarity: Polarity


@dataclass(frozen=True)
class QuoteDisplay:
    """What one page shows: pairs of opposites first, then the other perspectives."""

    opposites: tuple[Opposites, ...] = ()
    unopposed: tuple[PerspectiveQuotes, ...] = ()  # perspectives whose opposite is not among those shown
    remaining: int = 0  # number of perspectives left for later pages

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.opposites or self.unopposed)


class PerspectiveLineage:
    """What each perspective of a collaboration has become: itself, what it was merged into, what was split from it."""

    def __init__(self, collaboration: Collaboration) -> None:
        perspectives = {perspective.pk: perspective for perspective in collaboration.perspectives.all()}
        self.collaboration = collaboration
        self.root_of = roots({key: perspective.merged_into_id for key, perspective in perspectives.items()})
        self.standing = {key: perspective for key, perspective in perspectives.items() if perspective.is_standing}
        self._split_from: dict[int, list[Perspective]] = defaultdict(list)
        for perspective in perspectives.values():
            if perspective.split_from_id is not None:
                self._split_from[perspective.split_from_id].append(perspective)

    def current_keys(self, keys: Iterable[int]) -> list[int]:
        """The standing perspectives that these have become, each once, in the order of the code book."""
        return sorted({self.root_of[key] for key in keys if self.root_of.get(key) in self.standing})

    def current_keys_since(self, key: int, at: dt.datetime) -> list[int]:
        """What a perspective that was chosen at a moment is today, including what was split from it afterwards."""
        reached, waiting = {key}, [key]
        while waiting:
            step = waiting.pop()
            onwards = {part.pk for part in self._split_from[step] if part.created_at > at} | {self.root_of[step]}
            waiting += onwards - reached
            reached |= onwards
        return self.current_keys(reached)

    def current_perspectives(self, keys: Iterable[int]) -> tuple[Perspective, ...]:
        """The standing perspectives that these have become."""
        return tuple(self.standing[key] for key in self.current_keys(keys))


Pair = tuple[Polarity, int, int]
Unit = Pair | int


@dataclass(frozen=True)
class QuoteSelection:
    """The keys of the perspectives to show, in pairs of opposites and alone, and how many remain for later pages."""

    pairs: tuple[Pair, ...]
    alone: tuple[int, ...]
    remaining: int = 0

    @property
    def keys(self) -> set[int]:
        """The keys of all of them."""
        return {key for _, side, opposite in self.pairs for key in (side, opposite)} | set(self.alone)


class QuotePicker:
    """Selects perspectives and reads their quotes: first call `select` for everything to show, then `display` for each.

    Five queries, whatever the number of perspectives and selections. Only what was selected is read in full, since an
    issue may rest on hundreds of perspectives. What another dialogue has heard is not among the quotes.
    """

    def __init__(self, dialogue: Dialogue, lineage: PerspectiveLineage, keys: Iterable[int]) -> None:
        self._apart = forms_apart_from(dialogue)
        self.perspectives = {key: lineage.standing[key] for key in lineage.current_keys(keys)}
        self.minimum_group = lineage.collaboration.minimum_group
        self._root_of = {key: root for key, root in lineage.root_of.items() if root in self.perspectives}
        self._polarities = list(Polarity.objects.filter(one__in=self._root_of, other__in=self._root_of).order_by("pk"))
        self._last_days = self._read_last_days()
        self._selected: set[int] = set()

    def select(self, when: InPeriod | None = None, *, per_page: int | None = None, page: int = 1) -> QuoteSelection:
        """Select one page of perspectives: pairs of opposites first. All of them when `per_page` is None.

        With `when`, only perspectives that were heard in that period, each with its opposite.
        """
        heard = {key for key in self.perspectives if self._was_heard(key, when)}
        pairs = [pair for pair in self._pairs() if {pair[1], pair[2]} & heard]
        paired = {key for _, side, opposite in pairs for key in (side, opposite)}
        alone = [key for key in self.perspectives if key in heard - paired]
        pages = [_selection_of(units) for units in [*_pages([*pairs, *alone], per_page)][:page]]
        selected = pages[page - 1] if len(pages) == page else QuoteSelection((), ())
        self._selected |= selected.keys
        shown_so_far = {key for earlier in pages for key in earlier.keys}
        return replace(selected, remaining=len(paired | set(alone)) - len(shown_so_far))

    def display(self, selection: QuoteSelection | None = None, when: InPeriod | None = None) -> QuoteDisplay:
        """Return the selection with quotes; with `when` only quotes of that period, or earlier ones of an opposite."""
        selection = selection or self.select()
        opposites = [
            Opposites(self._side(side, when), self._side(opposite, when), polarity)
            for polarity, side, opposite in selection.pairs
        ]
        unopposed = tuple(self._quotes_of(key, when) for key in selection.alone)
        return QuoteDisplay(tuple(opposites), unopposed, selection.remaining)

    def _side(self, key: int, when: InPeriod | None) -> PerspectiveQuotes:
        """Fall back to earlier quotes when this side was not heard in the period."""
        side = self._quotes_of(key, when)
        return side if side.quotes else self._quotes_of(key)

    def _quotes_of(self, key: int, when: InPeriod | None = None) -> PerspectiveQuotes:
        quotes = [quote for quote in self._quotes[key] if when is None or when(quote.until)]
        return PerspectiveQuotes(self.perspectives[key], tuple(quotes[:QUOTES_SHOWN]))

    def _was_heard(self, key: int, when: InPeriod | None) -> bool:
        """Whether it was heard in the period. A perspective without any quotable statement counts as heard now."""
        return when is None or any(map(when, self._last_days[key])) or (not self._last_days[key] and when(None))

    def _pairs(self) -> Iterator[Pair]:
        """Pairs of opposites, each once. A merged perspective counts as what it was merged into."""
        seen: set[frozenset[int]] = set()
        for polarity in self._polarities:
            side, opposite = self._root_of[polarity.one_id], self._root_of[polarity.other_id]
            if side != opposite and frozenset({side, opposite}) not in seen:
                seen.add(frozenset({side, opposite}))
                yield polarity, side, opposite

    def _read_last_days(self) -> dict[int, set[dt.date | None]]:
        """The last days of the waves in which each perspective was heard."""
        last_days: dict[int, set[dt.date | None]] = {key: set() for key in self.perspectives}
        heard = self._attachments_of(self._root_of).values_list("perspective", "statement__wave__closes_on")
        for key, last_day in heard.order_by().distinct():
            last_days[self._root_of[key]].add(last_day)
        return last_days

    @cached_property
    def _quotes(self) -> dict[int, list[QuotedStatement]]:
        """All quotes of the selected perspectives, by perspective."""
        root_of = {key: root for key, root in self._root_of.items() if root in self._selected}
        statements: dict[int, dict[object, Statement]] = {key: {} for key in self._selected}
        attachments = self._attachments_of(root_of).select_related("statement__wave", "statement__answer")
        attachments = attachments.defer("statement__raw_text", "statement__answer__text")
        for attachment in attachments.order_by("statement__pk"):
            statements[root_of[attachment.perspective_id]][attachment.statement_id] = attachment.statement
        everything = (statement for by_key in statements.values() for statement in by_key.values())
        heard = count_heard(everything, self.minimum_group)
        return {
            key: [_quote(statement, heard) for statement in _each_voice_first(by_key.values())]
            for key, by_key in statements.items()
        }

    def _attachments_of(self, keys: Iterable[int]) -> QuerySet[Attachment]:
        """The attachments of these perspectives whose statements may be shown here at this moment."""
        publishable = Statement.objects.publishable().exclude(wave__survey__in=self._apart)
        return Attachment.objects.current().filter(perspective__in=[*keys], statement__in=publishable)


def _each_voice_first(statements: Collection[Statement]) -> list[Statement]:
    """Put the first of each response or conversation before the second of any: few quotes are of many people."""
    turns: Counter[tuple[object, object]] = Counter()
    turn_of: dict[object, int] = {}
    for statement in statements:
        source = (statement.answer.response_id if statement.answer else None, statement.interview_id)
        turn_of[statement.pk] = turns[source]
        turns[source] += 1
    return sorted(statements, key=lambda statement: turn_of[statement.pk])


def _pages(units: Iterable[Unit], per_page: int | None) -> Iterator[list[Unit]]:
    """Divide into pages of at most so many perspectives. A pair is never divided."""
    page: list[Unit] = []
    for unit in units:
        if per_page is not None and len(_selection_of([*page, unit]).keys) > per_page:
            yield page
            page = []
        page.append(unit)
    if page:
        yield page


def _selection_of(units: Iterable[Unit]) -> QuoteSelection:
    units = list(units)
    pairs = tuple(unit for unit in units if not isinstance(unit, int))
    return QuoteSelection(pairs, tuple(unit for unit in units if isinstance(unit, int)))


def _quote(statement: Statement, heard: HeardCounts) -> QuotedStatement:
    """The statement as it may be shown: only in Swedish when few people spoke its language, who could be identified."""
    original = heard.may_show_language(statement)
    return QuotedStatement(
        text=statement.text if original else statement.swedish,
        language=statement.language if original else SOURCE,
        translation=statement.translation if original else "",
        is_translated=bool(statement.translation),
        is_machine_translated=statement.translation_is_machine,
        is_altered=statement.is_altered,
        role=str(Role(statement.role).label) if heard.may_show_role(statement) else "",
        until=statement.wave.closes_on,
    )
