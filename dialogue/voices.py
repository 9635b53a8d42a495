"""What people said: perspectives as they are told today, with quotes, and both sides where they disagree."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from actors.models import Collaboration
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
    until: dt.date | None  # the last day of the time it was said in; None: that time goes on


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
class Told:
    """What was said, so that no side is louder."""

    opposites: tuple[Opposites, ...] = ()
    voices: tuple[Voice, ...] = ()  # those that stand against no other here

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.opposites or self.voices)


class Lineage:
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


class Said:
    """All that may be quoted from some perspectives. Five queries, whatever their number."""

    def __init__(self, lineage: Lineage, keys: Iterable[int]) -> None:
        self.shown = {key: lineage.standing[key] for key in lineage.today(keys)}
        self._now = {key: root for key, root in lineage.now.items() if root in self.shown}
        self._quotes = self._read(lineage.collaboration.minimum_group)
        pairs = Polarity.objects.filter(one__in=self._now, other__in=self._now)
        self._polarities = list(pairs.order_by("pk"))

    def told(self, when: Callable[[dt.date | None], bool] | None = None) -> Told:
        """Both sides and all others; with `when` only what was heard then, and always the other side of it."""
        voices = {key: self._voice(key, when) for key in self.shown}
        # A perspective that nothing can be quoted under belongs to the time that goes on.
        heard = {key for key in voices if when is None or voices[key].quotes or (not self._quotes[key] and when(None))}
        sides = [(pair, {pair.one.perspective.pk, pair.other.perspective.pk}) for pair in self._pairs(voices)]
        opposites = [self._with_both_heard(pair) for pair, keys in sides if keys & heard]
        paired = {key for _, keys in sides if keys & heard for key in keys}
        return Told(tuple(opposites), tuple(voices[key] for key in self.shown if key in heard - paired))

    def _voice(self, key: int, when: Callable[[dt.date | None], bool] | None = None) -> Voice:
        quotes = [quote for quote in self._quotes[key] if when is None or when(quote.until)]
        return Voice(self.shown[key], tuple(quotes[:QUOTES_SHOWN]))

    def _with_both_heard(self, pair: Opposites) -> Opposites:
        """A side not heard this time speaks with what it said before."""
        one, other = (side if side.quotes else self._voice(side.perspective.pk) for side in (pair.one, pair.other))
        return Opposites(one, other, pair.polarity)

    def _pairs(self, voices: Mapping[int, Voice]) -> Iterator[Opposites]:
        """Pairs of opposite voices, each once. A side that has gone up into another stands as that other."""
        seen: set[frozenset[int]] = set()
        for polarity in self._polarities:
            one, other = self._now[polarity.one_id], self._now[polarity.other_id]
            if one != other and frozenset({one, other}) not in seen:
                seen.add(frozenset({one, other}))
                yield Opposites(voices[one], voices[other], polarity)

    def _read(self, minimum_group: int) -> dict[int, list[Quote]]:
        may_be_said = Statement.objects.publishable()
        rests = Attachment.objects.current().filter(perspective__in=[*self._now], statement__in=may_be_said)
        said: dict[int, dict[object, Statement]] = {key: {} for key in self.shown}
        for attachment in (
            rests.select_related("statement__wave").defer("statement__raw_text").order_by("statement__pk")
        ):
            said[self._now[attachment.perspective_id]][attachment.statement_id] = attachment.statement
        crowd = crowd_around((one for found in said.values() for one in found.values()), minimum_group)
        return {key: [_quote(one, crowd) for one in found.values()] for key, found in said.items()}


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
        until=statement.wave.closes_on,
    )
