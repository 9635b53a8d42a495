"""What a report says: every number and quote, and no looks. Web page, PDF, Word and tests read the same. Pure."""

import dataclasses
import hashlib
import json
import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

SCHEMA = 2  # 2: how many were asked to read a draft; a version of 1 is read as one that nobody was asked about
# What residents can not do without: the field, and its word in a sentence.
NEEDED = {"summary": "sammanfattning", "method": "metod", "limitations": "begränsningar"}
SUMMARY_IN = {"en": "Summary in English", "so": "Soo koobid af Soomaali ah", "ar": "ملخص باللغة العربية"}
Built = TypeVar("Built")


@dataclass(frozen=True)
class QuoteFinding:
    """Something said, masked. `role` is empty where so few were heard in it that the quote must stand alone."""

    statement: str  # its key, to ask whether it may still be shown; never printed
    text: str
    language: str
    translation: str  # Swedish; empty when it was said in Swedish or only the translation may be shown
    is_translated: bool
    is_machine_translated: bool
    is_altered: bool
    role: str

    @property
    def source(self) -> str:
        """What stands under the quote: whose kind of voice, and what has been done to the words."""
        translated = "översatt av maskin, granskat av en människa" if self.is_machine_translated else "översatt"
        parts = [
            self.role,
            translated if self.is_translated else "",
            "ändrat för anonymitet" if self.is_altered else "",
        ]
        words = " · ".join(filter(None, parts))
        return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class IssueLink:
    """An issue that rests on a perspective."""

    title: str
    path: str  # on this site, in Swedish


@dataclass(frozen=True)
class PerspectiveFinding:
    """A viewpoint, how widely it was heard, and in whose words. Never how many times."""

    key: int
    title: str
    description: str
    is_dissenting: bool
    breadth: str
    quotes: tuple[QuoteFinding, ...]
    issues: tuple[IssueLink, ...]
    stands_against: tuple[str, ...]


@dataclass(frozen=True)
class PerspectiveBlock:
    """One perspective, or two that stand against each other."""

    perspectives: tuple[PerspectiveFinding, ...]
    about: str

    @property
    def is_polarity(self) -> bool:
        """Two sides, shown side by side and equally large."""
        return len(self.perspectives) == 2

    @property
    def is_long(self) -> bool:
        """Too much text for two columns on a page."""
        return sum(len(quote.text) + len(quote.translation) for one in self.perspectives for quote in one.quotes) > 2400


@dataclass(frozen=True)
class ThemeFinding:
    """A theme with its perspectives in the chosen order."""

    title: str
    introduction: str
    blocks: tuple[PerspectiveBlock, ...]

    @property
    def perspectives(self) -> tuple[PerspectiveFinding, ...]:
        """All of them, in order."""
        return tuple(one for block in self.blocks for one in block.perspectives)


@dataclass(frozen=True)
class HeardRow:
    """A group: its number, or the words that stand instead of it."""

    label: str
    state: str  # «hörda», «få hörda» or «saknas»; for ways of listening what kind of way
    number: int | None
    shown: str


@dataclass(frozen=True)
class HeardTable:
    """Those heard, divided in one way."""

    key: str
    caption: str
    column: str
    second: str
    rows: tuple[HeardRow, ...]
    total: str
    note: str

    @property
    def largest(self) -> int:
        """The longest bar; at least one, so that an empty table has a scale."""
        return max([row.number or 0 for row in self.rows] + [1])


@dataclass(frozen=True)
class HeardFinding:
    """Who was heard and who is missing."""

    people: str
    conversations: int
    forms: int
    tables: tuple[HeardTable, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class TranslatedSummary:
    """A text in another language."""

    language: str
    text: str

    @property
    def heading(self) -> str:
        """«Summary in English», in that language."""
        return SUMMARY_IN.get(self.language, self.language)


@dataclass(frozen=True)
class CommentFinding:
    """What a reader of a draft missed, and what came of it."""

    reader: str
    received_on: str
    text: str
    outcome: str


@dataclass(frozen=True)
class ThemeLink:
    """Two themes that hang together, and how."""

    one: str
    other: str
    why: str


@dataclass(frozen=True)
class ReportChapter:
    """A part of the report: its place, its name in an address, its heading, and its text if it is only text."""

    number: int
    anchor: str
    title: str
    text: str


@dataclass(frozen=True)
class Findings:
    """The whole report as it was when the version was asked for."""

    schema: int
    title: str
    subtitle: str
    version: int
    made_on: str
    collaboration: str
    area: str
    controller: str
    contact: str
    is_demo: bool
    minimum_group: int
    wave: str
    period: str
    guiding_question: str
    summary: str
    summaries: tuple[TranslatedSummary, ...]
    background: str
    method: str
    heard: HeardFinding
    themes: tuple[ThemeFinding, ...]
    connections: str
    links: tuple[ThemeLink, ...]
    can_influence: str
    limitations: str
    comments: tuple[CommentFinding, ...]
    next_steps: str
    questions: tuple[str, ...]
    left_out: tuple[str, ...]  # for the coordinator: what was chosen but may not be shown
    readers_asked: int = 0  # private links to a draft that had been made
    comments_waiting: int = 0  # said by readers, and not yet handled

    @property
    def chapters(self) -> tuple[ReportChapter, ...]:
        """The eleven chapters, in the order that the method prescribes."""
        titles = [
            ("sammanfattning", "Sammanfattning", self.summary),
            ("bakgrund", "Bakgrund och uppdrag", self.background),
            ("metod", "Så gjorde vi", self.method),
            ("horda", "Vilka vi har hört – och vilka som saknas", ""),
            ("teman", "Teman och perspektiv", ""),
            ("samband", "Samband mellan teman", self.connections),
            ("paverka", "Vad som går att påverka, och av vem", self.can_influence),
            ("begransningar", "Vad rapporten inte kan säga", self.limitations),
            ("avstamning", "Avstämning: har vi missat något?", ""),
            ("nasta-steg", "Nästa steg", self.next_steps),
            ("bilagor", "Bilagor", ""),
        ]
        return tuple(ReportChapter(place, *chapter) for place, chapter in enumerate(titles, start=1))

    @property
    def reading_note(self) -> str:
        """What is true of the readers of drafts: whether they were asked, and whether they answered."""
        asked = "Vi frågade dem som läste ett utkast: Har vi missat något?"
        if self.comments:
            return asked
        if self.comments_waiting:
            return f"{asked} Synpunkterna var inte behandlade när den här versionen gjordes."
        if self.readers_asked:
            return f"{asked} När den här versionen gjordes hade ingen lämnat någon synpunkt."
        return "Ingen hade fått läsa ett utkast när den här versionen gjordes. Har vi missat något, hör gärna av dig."

    @property
    def empty_themes(self) -> tuple[str, ...]:
        """Themes under which nothing stands."""
        return tuple(theme.title for theme in self.themes if not theme.blocks)

    def quotes(self) -> Iterator[QuoteFinding]:
        """Every quote, in order."""
        for theme in self.themes:
            for one in theme.perspectives:
                yield from one.quotes

    def missing_for_publishing(self) -> str:
        """What residents can not do without, in words; empty when it is all there."""
        missing = [name for field, name in NEEDED.items() if not getattr(self, field)]
        if not self.themes:
            missing.append("perspektiv")
        missing += [f"perspektiv under temat {title}" for title in self.empty_themes]
        return " och ".join(filter(None, [", ".join(missing[:-1]), *missing[-1:]]))

    def to_json(self) -> dict[str, Any]:
        """Plain data that `from_json` reads back."""
        plain: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(self)))
        return plain

    @property
    def checksum(self) -> str:
        """SHA-256 of the canonical text: the same for the same content, wherever it has been stored."""
        text = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def from_json(data: dict[str, Any]) -> Findings:
    """The findings of a stored version. Raises KeyError or TypeError if it is of another schema."""
    return _build(Findings, data)


def _build(kind: type[Built], data: dict[str, Any]) -> Built:
    hints = get_type_hints(kind)
    fields = dataclasses.fields(kind)  # type: ignore[arg-type]  # kind is always one of ours
    # What came with a later schema has a default; anything else must be there.
    there = [field.name for field in fields if field.name in data or field.default is dataclasses.MISSING]
    return kind(**{name: _value(hints[name], data[name]) for name in there})


def _value(hint: Any, value: Any) -> Any:
    if isinstance(hint, types.UnionType):
        return value
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], one) for one in value)
    return _build(hint, value) if dataclasses.is_dataclass(hint) and isinstance(hint, type) else value
