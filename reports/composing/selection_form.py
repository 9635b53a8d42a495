"""Form data for choosing perspectives and quotes of a theme: the options shown, and the selection sent."""

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
    """A quotable statement; `row` is set if it is chosen."""

    statement: Statement
    row: ReportQuote | None


@dataclass(frozen=True)
class PerspectiveOption:
    """A perspective of the theme (`row` is set if it is chosen), its chosen quotes in order, and its other quotes."""

    perspective: Perspective
    row: ReportPerspective | None
    chosen: tuple[QuoteOption, ...]
    others: tuple[QuoteOption, ...]


def list_perspective_options(theme: ReportTheme) -> list[PerspectiveOption]:
    """All perspectives of the theme, the chosen ones first and in their order."""
    rows = list(theme.chosen_perspectives.prefetch_related("quotes"))
    candidates = {candidate.perspective.pk: candidate for candidate in theme_contents.list_candidates(theme)}
    placed = {row.perspective_id: row for row in rows if row.perspective_id in candidates}
    order = [*placed, *(key for key in candidates if key not in placed)]
    return [_build_option(candidates[key], placed.get(key)) for key in order]


def _build_option(candidate: theme_contents.PerspectiveCandidate, row: ReportPerspective | None) -> PerspectiveOption:
    quotable = {statement.pk: statement for statement in candidate.quotable}
    quotes = {quote.statement_id: quote for quote in row.quotes.all()} if row else {}
    chosen = tuple(QuoteOption(quotable[key], quote) for key, quote in quotes.items() if key in quotable)
    others = tuple(QuoteOption(statement, None) for key, statement in quotable.items() if key not in quotes)
    return PerspectiveOption(candidate.perspective, row, chosen, others)


class ContentsSelection:
    """The POST data of the page: ticked boxes, introduction, and which button was pressed.

    The button `do` is empty or ACTION:KIND:KEY, such as `up:quote:12`.
    """

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
        """Store the selection, then move the row whose button was pressed. Returns its anchor, or an empty string."""
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
