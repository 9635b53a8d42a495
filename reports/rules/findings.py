"""Findings: every number and quote of a report, without presentation. Web page, PDF and Word read the same. Pure.

The dataclasses are stored as JSON: a changed field name is a new schema.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ostberga.lib.translations.sentences import list_in_words
from reports.rules.stored_dataclasses import build

# 2 added readers_asked and comments_waiting, which are 0 for a version stored as 1. 3 tells numbers of people in spans:
# `conversations` and `forms` are numbers in versions stored before it, and `summary` is empty.
SCHEMA = 3
# Stands on each page of what is fiction.
DEMO, PRACTICE = "DEMO – fiktiva uppgifter", "Övning: påhittade svar"
# Texts without which a report cannot be published: field, and its name in a sentence.
NEEDED = {"summary": "sammanfattning", "method": "metod", "limitations": "begränsningar"}
SUMMARY_IN = {"en": "Summary in English", "so": "Soo koobid af Soomaali ah", "ar": "ملخص باللغة العربية"}


@dataclass(frozen=True)
class QuoteFinding:
    """A masked statement. `role` is empty if too few people of the role were heard."""

    statement: str  # its key, to check whether it may still be shown; never printed
    text: str
    language: str
    translation: str  # Swedish; empty when it was said in Swedish or only the translation may be shown
    is_translated: bool
    is_machine_translated: bool
    is_altered: bool
    role: str

    @property
    def source(self) -> str:
        """The line under the quote: role, and how the words were changed."""
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
    """An issue that rests on the perspective."""

    title: str
    path: str  # on this site, in Swedish


@dataclass(frozen=True)
class PerspectiveFinding:
    """A perspective with its quotes, and from which roles it was heard. Never how many times."""

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
    """One perspective, or two that are opposites."""

    perspectives: tuple[PerspectiveFinding, ...]
    about: str

    @property
    def is_polarity(self) -> bool:
        """Whether it is a pair of opposites, shown side by side."""
        return len(self.perspectives) == 2

    @property
    def is_long(self) -> bool:
        """Whether the quotes are too long for two columns on a page."""
        quotes = [quote for perspective in self.perspectives for quote in perspective.quotes]
        return sum(len(quote.text) + len(quote.translation) for quote in quotes) > 2400


@dataclass(frozen=True)
class ThemeFinding:
    """A theme with its perspectives in the chosen order."""

    title: str
    introduction: str
    blocks: tuple[PerspectiveBlock, ...]

    @property
    def perspectives(self) -> tuple[PerspectiveFinding, ...]:
        """All perspectives of the theme, in order."""
        return tuple(perspective for block in self.blocks for perspective in block.perspectives)


@dataclass(frozen=True)
class HeardRow:
    """A group of those heard: its number, or None and the words shown instead."""

    label: str
    state: str  # «hörda», «få hörda», «saknas» …; for ways of listening «formulär» or «samtal»
    number: int | None
    shown: str


@dataclass(frozen=True)
class HeardTable:
    """The people heard, divided by role, age, language or way of listening."""

    key: str
    caption: str
    column: str
    second: str
    rows: tuple[HeardRow, ...]
    total: str
    note: str

    @property
    def largest(self) -> int:
        """The largest number, at least 1, as scale of the bars."""
        return max([row.number or 0 for row in self.rows] + [1])


@dataclass(frozen=True)
class HeardFinding:
    """Who was heard and who is missing."""

    people: str
    conversations: str
    forms: str
    tables: tuple[HeardTable, ...]
    missing: tuple[str, ...]
    summary: str = ""  # the sentences that follow the period


@dataclass(frozen=True)
class TranslatedSummary:
    """The summary in another language."""

    language: str
    text: str

    @property
    def heading(self) -> str:
        """«Summary in English», in the language itself."""
        return SUMMARY_IN.get(self.language, self.language)


@dataclass(frozen=True)
class CommentFinding:
    """A handled comment by a reader of a draft."""

    reader: str
    received_on: str
    text: str
    outcome: str


@dataclass(frozen=True)
class ThemeLink:
    """A connection between two themes."""

    one: str
    other: str
    why: str


@dataclass(frozen=True)
class ReportChapter:
    """A chapter: number, anchor, title, and its text if it is nothing but text."""

    number: int
    anchor: str
    title: str
    text: str


@dataclass(frozen=True)
class Findings:
    """The content of a report as it was when the version was requested."""

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
    left_out: tuple[str, ...]  # sentences for the coordinator: what was chosen but may not be shown
    readers_asked: int = 0  # number of private links to drafts
    comments_waiting: int = 0  # number of comments not yet handled
    stages: tuple[str, ...] = ()  # of the dialogue, in its own words
    stage: int = 0  # the number of the one that the report belongs to; 0 in versions made before stages were kept
    is_practice: bool = False  # whether all that it says is made up, to practise on

    @property
    def fiction_mark(self) -> str:
        """What marks each page as fiction; empty when it is real."""
        return PRACTICE if self.is_practice else DEMO if self.is_demo else ""

    @property
    def chapters(self) -> tuple[ReportChapter, ...]:
        """The eleven chapters in their fixed order."""
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
        """The sentence that opens the chapter on readings: whether readers were asked, and whether they commented."""
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
        """Titles of themes without perspectives."""
        return tuple(theme.title for theme in self.themes if not theme.blocks)

    def quotes(self) -> Iterator[QuoteFinding]:
        """Every quote, in order."""
        for theme in self.themes:
            for perspective in theme.perspectives:
                yield from perspective.quotes

    def missing_for_publishing(self) -> str:
        """What is missing for publishing, in words; empty if nothing is."""
        missing = [name for field, name in NEEDED.items() if not getattr(self, field)]
        if not self.themes:
            missing.append("perspektiv")
        missing += [f"perspektiv under temat {title}" for title in self.empty_themes]
        return list_in_words(missing)

    def to_json(self) -> dict[str, Any]:
        """JSON data that `from_json` reads back."""
        plain: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(self)))
        return plain

    @property
    def checksum(self) -> str:
        """SHA-256 (hex) of the canonical JSON: equal for equal content."""
        text = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def from_json(data: dict[str, Any]) -> Findings:
    """Findings from stored JSON. Raises KeyError or TypeError if the schema does not fit."""
    return build(Findings, data)
