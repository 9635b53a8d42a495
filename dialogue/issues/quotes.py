"""What people said: perspectives as they are told today, with quotes, and both sides where they disagree."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import QuerySet

from actors.models import Collaboration
from ostberga.lib.translations.languages import SOURCE
from surveys.collecting.heard_counts import HeardCounts, count_heard
from surveys.models import Attachment, Perspective, Polarity, Statement
from surveys.rules.lineage import roots
from surveys.rules.roles import Role

QUOTES_SHOWN = 3
# How many perspectives a phone shows at a time.
PERSPECTIVES_PER_PAGE = 24
InPeriod = Callable[[dt.date | None], bool]  # whether the last day of a time lies within what is asked for


@dataclass(frozen=True)
class QuotedStatement:
    """A statement as it may be shown now: masked, confirmed, and beside a role only when many enough were heard."""

    text: str
    language: str
    translation: str
    is_translated: bool
    is_machine_translated: bool
    is_altered: bool
    role: str  # empty when naming it could point someone out
    until: dt.date | None  # the last day of the time it was said in; None: that time goes on


@dataclass(frozen=True)
class PerspectiveQuotes:
    """A perspective with some of what it rests on."""

    perspective: Perspective
    quotes: tuple[QuotedStatement, ...]


@dataclass(frozen=True)
class Opposites:
    """Two voices against each other, equally large."""

    one: PerspectiveQuotes
    other: PerspectiveQuotes
    polarity: Polarity


@dataclass(frozen=True)
class QuoteDisplay:
    """What was said, so that no side is louder."""

    opposites: tuple[Opposites, ...] = ()
    voices: tuple[PerspectiveQuotes, ...] = ()  # those that stand against no other here
    left: int = 0  # perspectives there was no room for

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.opposites or self.voices)


class PerspectiveLineage:
    """What each perspective of a collaboration has become: itself, what it went up into, what was split from it."""

    def __init__(self, collaboration: Collaboration) -> None:
        everyone = {one.pk: one for one in collaboration.perspectives.all()}
        self.collaboration = collaboration
        self.now = roots({one.pk: one.merged_into_id for one in everyone.values()})
        self.standing = {key: one for key, one in everyone.items() if one.is_standing}
        self._split: dict[int, list[Perspective]] = defaultdict(list)
        for one in everyone.values():
            if one.split_from_id is not None:
                self._split[one.split_from_id].append(one)

    def today(self, keys: Iterable[int]) -> list[int]:
        """What these perspectives are told as today, each once and in the order of the code book."""
        return sorted({self.now[key] for key in keys if self.now.get(key) in self.standing})

    def meant(self, key: int, at: dt.datetime) -> list[int]:
        """What a perspective that was chosen at a moment is today: also what has been split from it since."""
        found, waiting = {key}, [key]
        while waiting:
            one = waiting.pop()
            onwards = {part.pk for part in self._split[one] if part.created_at > at} | {self.now[one]}
            waiting += onwards - found
            found |= onwards
        return self.today(found)

    def titles(self, keys: Iterable[int]) -> tuple[Perspective, ...]:
        """The standing perspectives behind these keys."""
        return tuple(self.standing[key] for key in self.today(keys))


Pair = tuple[Polarity, int, int]
Unit = Pair | int


@dataclass(frozen=True)
class QuoteSelection:
    """The perspectives to tell, in pairs of opposites and alone; and how many there was no room for."""

    pairs: tuple[Pair, ...]
    alone: tuple[int, ...]
    left: int = 0

    @property
    def keys(self) -> set[int]:
        """All of them."""
        return {key for _, one, other in self.pairs for key in (one, other)} | set(self.alone)


class QuotePicker:
    """What may be quoted from some perspectives. First `pick` all that is to be told, then tell it.

    Four queries, whatever the number of perspectives and picks. Only what was picked is read in full: an issue may
    rest on hundreds of perspectives, and a phone shows some at a time.
    """

    def __init__(self, lineage: PerspectiveLineage, keys: Iterable[int]) -> None:
        self.shown = {key: lineage.standing[key] for key in lineage.today(keys)}
        self.minimum_group = lineage.collaboration.minimum_group
        self._now = {key: root for key, root in lineage.now.items() if root in self.shown}
        self._polarities = list(Polarity.objects.filter(one__in=self._now, other__in=self._now).order_by("pk"))
        self._heard = self._times()
        self._picked: set[int] = set()

    def pick(self, when: InPeriod | None = None, *, room: int | None = None, page: int = 1) -> QuoteSelection:
        """Pairs first, then those that stand against no other; with `when` what was heard then and its other side.

        `room` is how many perspectives a page has room for.
        """
        heard = {key for key in self.shown if self._was_heard(key, when)}
        pairs = [pair for pair in self._pairs() if {pair[1], pair[2]} & heard]
        paired = {key for _, one, other in pairs for key in (one, other)}
        alone = [key for key in self.shown if key in heard - paired]
        pages = [*_pages([*pairs, *alone], room)]
        found = [_pick(units) for units in pages[:page]]
        told = {key for one in found for key in one.keys}
        chosen = found[page - 1] if len(found) == page else QuoteSelection((), ())
        self._picked |= chosen.keys
        return replace(chosen, left=len(paired | set(alone)) - len(told))

    def told(self, pick: QuoteSelection | None = None, when: InPeriod | None = None) -> QuoteDisplay:
        """What was picked, with quotes; with `when` only quotes of that time, and always some from the other side."""
        pick = pick or self.pick()
        opposites = [Opposites(self._side(one, when), self._side(other, when), pair) for pair, one, other in pick.pairs]
        return QuoteDisplay(tuple(opposites), tuple(self._voice(key, when) for key in pick.alone), pick.left)

    def _side(self, key: int, when: InPeriod | None) -> PerspectiveQuotes:
        """A side not heard this time speaks with what it said before."""
        voice = self._voice(key, when)
        return voice if voice.quotes else self._voice(key)

    def _voice(self, key: int, when: InPeriod | None = None) -> PerspectiveQuotes:
        quotes = [quote for quote in self._quotes[key] if when is None or when(quote.until)]
        return PerspectiveQuotes(self.shown[key], tuple(quotes[:QUOTES_SHOWN]))

    def _was_heard(self, key: int, when: InPeriod | None) -> bool:
        """Said at that time. A perspective that nothing can be quoted under belongs to the time that goes on."""
        return when is None or any(map(when, self._heard[key])) or (not self._heard[key] and when(None))

    def _pairs(self) -> Iterator[Pair]:
        """Pairs of opposites, each once. A side that has gone up into another stands as that other."""
        seen: set[frozenset[int]] = set()
        for polarity in self._polarities:
            one, other = self._now[polarity.one_id], self._now[polarity.other_id]
            if one != other and frozenset({one, other}) not in seen:
                seen.add(frozenset({one, other}))
                yield polarity, one, other

    def _times(self) -> dict[int, set[dt.date | None]]:
        """The last days of the times in which each perspective was heard."""
        times: dict[int, set[dt.date | None]] = {key: set() for key in self.shown}
        rests = _rests_of(self._now).values_list("perspective", "statement__wave__closes_on").order_by().distinct()
        for key, until in rests:
            times[self._now[key]].add(until)
        return times

    @cached_property
    def _quotes(self) -> dict[int, list[QuotedStatement]]:
        """All that may be quoted from what was picked."""
        now = {key: root for key, root in self._now.items() if root in self._picked}
        said: dict[int, dict[object, Statement]] = {key: {} for key in self._picked}
        rests = _rests_of(now).select_related("statement__wave").defer("statement__raw_text")
        for attachment in rests.order_by("statement__pk"):
            said[now[attachment.perspective_id]][attachment.statement_id] = attachment.statement
        crowd = count_heard((one for found in said.values() for one in found.values()), self.minimum_group)
        return {key: [_quote(one, crowd) for one in found.values()] for key, found in said.items()}


def _rests_of(keys: Iterable[int]) -> QuerySet[Attachment]:
    """What these perspectives rest on, as far as it may be shown at this moment."""
    may_be_said = Statement.objects.publishable()
    return Attachment.objects.current().filter(perspective__in=[*keys], statement__in=may_be_said)


def _pages(units: Iterable[Unit], room: int | None) -> Iterator[list[Unit]]:
    """So many perspectives to a page. A pair is never parted."""
    page: list[Unit] = []
    for unit in units:
        if room is not None and len(_pick([*page, unit]).keys) > room:
            yield page
            page = []
        page.append(unit)
    if page:
        yield page


def _pick(units: Iterable[Unit]) -> QuoteSelection:
    units = list(units)
    pairs = tuple(unit for unit in units if not isinstance(unit, int))
    return QuoteSelection(pairs, tuple(unit for unit in units if isinstance(unit, int)))


def _quote(statement: Statement, crowd: HeardCounts) -> QuotedStatement:
    """As it may be shown: in Swedish only, where so few spoke the language that it could point someone out."""
    original = crowd.may_show_language(statement)
    return QuotedStatement(
        text=statement.text if original else statement.swedish,
        language=statement.language if original else SOURCE,
        translation=statement.translation if original else "",
        is_translated=bool(statement.translation),
        is_machine_translated=statement.translation_is_machine,
        is_altered=statement.is_altered,
        role=str(Role(statement.role).label) if crowd.may_show_role(statement) else "",
        until=statement.wave.closes_on,
    )
