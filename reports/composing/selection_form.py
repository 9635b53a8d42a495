"""What stands under a theme beside what could: the page where perspectives and quotes are chosen, and what it sends."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import QueryDict

from ostberga.lib.id_parsing import parse_id
from ostberga.lib.plain_text import plain_text
from reports.composing import theme_contents
from reports.models import ReportPerspective, ReportQuote, ReportTheme
from surveys.models import Perspective, Statement


@dataclass(frozen=True)
class QuoteOption:
    """A statement that stands under the perspective (`row`), or could."""

    statement: Statement
    row: ReportQuote | None


@dataclass(frozen=True)
class PerspectiveOption:
    """A perspective that stands under the theme (`row`), or could, with its quotes: the chosen ones in their order."""

    perspective: Perspective
    row: ReportPerspective | None
    chosen: tuple[QuoteOption, ...]
    others: tuple[QuoteOption, ...]


def list_perspective_options(theme: ReportTheme) -> list[PerspectiveOption]:
    """All perspectives of the theme: those chosen first, in their order."""
    rows = list(theme.chosen_perspectives.prefetch_related("quotes"))
    candidates = {one.perspective.pk: one for one in theme_contents.list_candidates(theme)}
    placed = {row.perspective_id: row for row in rows if row.perspective_id in candidates}
    order = [*placed, *(key for key in candidates if key not in placed)]
    return [_offer(candidates[key], placed.get(key)) for key in order]


def _offer(candidate: theme_contents.PerspectiveCandidate, row: ReportPerspective | None) -> PerspectiveOption:
    said = {one.pk: one for one in candidate.quotable}
    quotes = {quote.statement_id: quote for quote in row.quotes.all()} if row else {}
    chosen = tuple(QuoteOption(said[key], quote) for key, quote in quotes.items() if key in said)
    others = tuple(QuoteOption(one, None) for key, one in said.items() if key not in quotes)
    return PerspectiveOption(candidate.perspective, row, chosen, others)


class ContentsSelection:
    """What the page sent: the ticked boxes, the introduction, and which arrow was pressed."""

    def __init__(self, sent: QueryDict) -> None:
        self.introduction = plain_text(sent.get("introduction", ""))
        self.perspectives = {parse_id(key) for key in sent.getlist("perspective")}
        self.quotes: dict[int, set[str]] = defaultdict(set)
        for pair in sent.getlist("quote"):
            key, _, statement = pair.partition(":")
            self.quotes[parse_id(key)].add(statement)
        self.act, _, rest = sent.get("do", "").partition(":")
        self.kind, _, key = rest.partition(":")
        self.key = parse_id(key)

    def apply(self, theme: ReportTheme) -> str:
        """Keep the choice, then move what the arrow was about. Says where on the page that stands."""
        theme_contents.choose_contents(
            chosen=theme, introduction=self.introduction, perspectives=self.perspectives, quotes=self.quotes
        )
        row = self._row(theme)
        if row is None or self.act not in {"up", "down"}:
            return ""
        theme_contents.move_row(row, steps=-1 if self.act == "up" else 1)
        return f"#{self.kind}-{row.pk}"

    def _row(self, theme: ReportTheme) -> ReportPerspective | ReportQuote | None:
        if self.kind == "perspective":
            return theme.chosen_perspectives.filter(pk=self.key).first()
        return ReportQuote.objects.filter(pk=self.key, chosen_perspective__chosen_theme=theme).first()
