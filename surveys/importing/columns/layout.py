"""Which sheet of a file holds the rows, where its headings stand, and what each column is."""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from surveys.importing.asks import Ask, Chosen, answer_for_all, ask, shown
from surveys.importing.columns.column_roles import (
    REASON_HEADING,
    ROW_HEADING,
    SKIP,
    Column,
    Wordings,
    column_letter,
    guess_roles,
    role_choices,
    shorten,
)
from surveys.importing.columns.value_guesses import guess_from_values
from surveys.importing.reading.delimited import DELIMITERS, guess_delimiter, quoted_lines, read_text
from surveys.importing.reading.tables import Table, tables_from_json

# Rows searched for headings, and offered as such.
_TOP = 25
ROWS, ONE_CELL = "rows", "cell"
PEOPLE, STATEMENTS = "people", "statements"
OWN_HEADINGS = {ROW_HEADING, REASON_HEADING}
QUOTES = "quotes"  # the name of the question about all quotation marks


@dataclass(frozen=True)
class ImportSource:
    """What was pasted or uploaded: text, or the tables of a workbook as JSON."""

    text: str = ""
    book: str = ""

    @cached_property
    def tables(self) -> list[Table]:
        """The sheets of a workbook. Raises UnreadableFile."""
        return tables_from_json(self.book)


@dataclass(frozen=True)
class Layout:
    """One table with its headings and columns, and what can be chosen otherwise."""

    key: str  # of the sheet and heading row: what was chosen for another is not chosen for this
    table: Table
    heading: int  # the row of the headings, from 0
    columns: list[Column]
    reading: list[Ask]  # sheet or separator, row of the headings, what a row is
    roles: list[Ask]  # one for each column with something in it
    quotes: list[Ask]

    @property
    def read(self) -> list[Column]:
        """The columns whose cells are stored."""
        return [column for column in self.columns if column.is_read]

    @property
    def skipped(self) -> list[Column]:
        """The columns that are not stored, without those that a sheet of refused rows brings."""
        return [column for column in self.columns if not column.is_read and column.heading not in OWN_HEADINGS]

    @property
    def are_people(self) -> bool:
        """Whether each row is a person, rather than a statement of which one person may have several."""
        return all(question.chosen != STATEMENTS for question in self.reading)


def read_layout(source: ImportSource, chosen: Chosen, wordings: Wordings) -> Layout:
    """Return the layout that was chosen, else the one that looks right. Raises UnreadableFile."""
    tables, reading, quotes = _read_book(source, chosen, wordings) if source.book else _read_text(source, chosen)
    sheet = next((int(question.chosen) for question in reading if question.name == "sheet"), 0)
    table = tables[sheet]
    heading = _ask_heading(table, chosen, wordings, sheet)
    at = int(heading.chosen)
    reading = [*reading, heading]
    key = "-".join(question.chosen for question in reading)
    columns, roles = _read_columns(table, at, chosen, wordings, key)
    return Layout(key, table, at, columns, [*reading, _ask_rows(chosen)], roles, quotes)


def _read_book(source: ImportSource, chosen: Chosen, wordings: Wordings) -> tuple[list[Table], list[Ask], list[Ask]]:
    tables = source.tables
    best = max(range(len(tables)), key=lambda at: _sheet_score(tables[at], wordings))
    options = [(str(at), table.name + (" (dolt blad)" if table.is_hidden else "")) for at, table in enumerate(tables)]
    return tables, [ask(chosen, "sheet", "Blad", options, default=str(best))], []


def _read_text(source: ImportSource, chosen: Chosen) -> tuple[list[Table], list[Ask], list[Ask]]:
    options = list(DELIMITERS.values())
    guess = DELIMITERS[guess_delimiter(source.text)]
    question = ask(chosen, "separator", "Mellan cellerna står", [(name, name) for name in options], default=guess)
    delimiter = next(sign for sign, name in DELIMITERS.items() if name == question.chosen)
    quotes = [_ask_quote(chosen, *lines) for lines in quoted_lines(source.text, delimiter)]
    one_cell = {int(quote.name.removeprefix("quote-")) for quote in quotes if quote.chosen == ONE_CELL}
    return [read_text(source.text, delimiter, one_cell)], [question], quotes


def _ask_quote(chosen: Chosen, first: int, last: int) -> Ask:
    return ask(
        chosen,
        f"quote-{first}",
        f"Ett citattecken öppnar på textens rad {first} och stänger på rad {last}. Hur hör raderna ihop?",
        [(ROWS, f"{last - first + 1} rader, var sitt svar"), (ONE_CELL, "En enda cell med flera rader text")],
        default=answer_for_all(chosen, QUOTES),
    )


def shown_quotes(layout: Layout, chosen: Chosen) -> list[Ask]:
    """Return the questions about quotation marks as they are shown."""
    times = len(layout.quotes)
    title = f"{times} gånger öppnar ett citattecken på en rad och stänger på en annan. Hur hör raderna ihop?"
    options = [(ROWS, "Varje rad är ett svar"), (ONE_CELL, "Det mellan citattecknen är en cell")]
    return shown(chosen, QUOTES, title, layout.quotes, options)


def _sheet_score(table: Table, wordings: Wordings) -> tuple[int, bool, int]:
    return _heading_score(table, _best_heading(table, wordings), wordings), not table.is_hidden, len(table.rows)


def _ask_heading(table: Table, chosen: Chosen, wordings: Wordings, sheet: int) -> Ask:
    rows = [at for at in range(min(len(table.rows), _TOP)) if any(table.rows[at])]
    options = [(str(at), f"Rad {at + 1}: {shorten(' · '.join(filter(None, table.rows[at])), 60)}") for at in rows]
    best = _best_heading(table, wordings) if rows else 0
    return ask(chosen, f"heading-{sheet}", "Rubrikerna står på", options or [("0", "Rad 1")], default=str(best))


def _best_heading(table: Table, wordings: Wordings) -> int:
    """Return the row with most headings that are known; where none has any, the first that is not empty."""
    rows = [at for at in range(min(len(table.rows), _TOP)) if any(table.rows[at])]
    return max(rows, key=lambda at: (_heading_score(table, at, wordings), -at), default=0)


def _heading_score(table: Table, at: int, wordings: Wordings) -> int:
    """Return how many known roles the row names; a question counts for two."""
    if at >= len(table.rows):
        return 0
    roles = [role for role in guess_roles(table.rows[at], wordings) if role != SKIP]
    return sum(2 if wordings.named(role) else 1 for role in roles)


def _read_columns(
    table: Table, heading: int, chosen: Chosen, wordings: Wordings, key: str
) -> tuple[list[Column], list[Ask]]:
    width = table.width if table.is_aligned else len(table.rows[heading])
    headings = [table.cell(heading, at) for at in range(width)]
    options = role_choices(wordings)
    columns, asks = [], []
    for at, guess in enumerate(_guess(table, heading, headings, wordings)):
        title = headings[at] or f"Kolumn {column_letter(at)}, utan rubrik"
        question = ask(
            chosen, f"column-{key}-{at}", shorten(title, 90), options, default=guess, help=_example(table, heading, at)
        )
        role = question.chosen
        columns.append(Column(at, headings[at], role, wordings.named(role), at in table.hidden_columns, role != guess))
        if headings[at] or question.help:
            asks.append(question)
    return columns, asks


def _guess(table: Table, heading: int, headings: list[str], wordings: Wordings) -> list[str]:
    """Return the role of each column: as chosen for an earlier file, else by its heading, else by its values."""
    below = [[table.cell(row, at) for row in range(heading + 1, len(table.rows))] for at in range(len(headings))]
    is_settled = [wordings.remembered_role(text) is not None or text in OWN_HEADINGS for text in headings]
    cells = [[] if settled else column for settled, column in zip(is_settled, below, strict=True)]
    return guess_from_values(guess_roles(headings, wordings), cells, wordings, timezone.localdate())


def _ask_rows(chosen: Chosen) -> Ask:
    options = [(PEOPLE, "En människa"), (STATEMENTS, "En utsaga: flera kan vara samma människas")]
    return ask(chosen, "rows", "Varje rad är", options, default=PEOPLE)


def _example(table: Table, heading: int, column: int) -> str:
    """Return some of what stands in the column."""
    below = dict.fromkeys(table.cell(row, column) for row in range(heading + 1, len(table.rows)))
    return ", ".join(f"«{shorten(cell, 30)}»" for cell in list(filter(None, below))[:3])


def quoted_rows(layout: Layout, ask_name: str) -> list[int]:
    """Return the rows (from 0) that a question about quotation marks is about."""
    line = int(ask_name.removeprefix("quote-"))
    spans = [span for span in layout.table.quoted if span.line == line]
    return [row for span in spans for row in range(span.top, span.bottom + 1)]
