"""Choosing perspectives and quotes of a theme: the options shown, and moving a chosen one."""

from dataclasses import dataclass

from ostberga.lib.id_parsing import parse_id
from reports.composing import theme_contents
from reports.models import ReportPerspective, ReportQuote, ReportTheme
from surveys.models import Perspective, Statement


@dataclass(frozen=True)
class QuoteOption:
    """A quotable statement; `row` is set if it is chosen. `key` is the value of its box."""

    key: str
    statement: Statement
    row: ReportQuote | None


@dataclass(frozen=True)
class PerspectiveOption:
    """A perspective of the theme (`row` is set if it is chosen), its chosen quotes in order, and its other quotes."""

    perspective: Perspective
    row: ReportPerspective | None
    chosen: tuple[QuoteOption, ...]
    others: tuple[QuoteOption, ...]

    @property
    def key(self) -> str:
        """The value of its box."""
        return str(self.perspective.pk)

    @property
    def quotes(self) -> tuple[QuoteOption, ...]:
        """All quotes that can be chosen under it."""
        return (*self.chosen, *self.others)


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
    value = f"{candidate.perspective.pk}:"
    chosen = [QuoteOption(f"{value}{key}", quotable[key], quote) for key, quote in quotes.items() if key in quotable]
    others = [QuoteOption(f"{value}{key}", quote, None) for key, quote in quotable.items() if key not in quotes]
    return PerspectiveOption(candidate.perspective, row, tuple(chosen), tuple(others))


def move_chosen(theme: ReportTheme, button: str) -> str:
    """Move the row of a pressed button, ACTION:KIND:KEY such as `up:quote:12`. Returns its anchor, or nothing."""
    act, _, rest = button.partition(":")
    kind, _, key = rest.partition(":")
    row = _row(theme, kind, parse_id(key))
    if row is None or act not in {"up", "down"}:
        return ""
    theme_contents.move_row(row, steps=-1 if act == "up" else 1)
    return f"#{kind}-{row.pk}"


def _row(theme: ReportTheme, kind: str, key: int) -> ReportPerspective | ReportQuote | None:
    if kind == "perspective":
        return theme.chosen_perspectives.filter(pk=key).first()
    return ReportQuote.objects.filter(pk=key, chosen_perspective__chosen_theme=theme).first()
