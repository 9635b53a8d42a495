"""Which sheet of a file holds the list, where its headings stand, and which column each is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.importing.asks import Ask, Chosen, ask
from surveys.importing.columns.column_roles import column_letter, normalise, shorten
from surveys.importing.columns.layout import ImportSource
from surveys.importing.reading.delimited import guess_delimiter, quoted_lines, read_text
from surveys.importing.reading.tables import Table
from surveys.lists.declared import ListKind

_TOP = 25  # rows searched for headings
SKIP, TAKE = "", "take"


@dataclass(frozen=True)
class ListLayout:
    """One table with its headings, and which column of the list each of its columns is."""

    table: Table
    heading: int
    names: Sequence[str]  # of each column of the table; empty for those that are not read
    reading: list[Ask]
    roles: list[Ask]

    @property
    def skipped(self) -> list[str]:
        """The headings of the columns that are not read."""
        cells = (self.table.cell(self.heading, at) for at, name in enumerate(self.names) if not name)
        return [shorten(cell, 40) for cell in cells if cell]

    @property
    def takes_hidden(self) -> bool:
        """Whether rows that are hidden in the sheet are read."""
        return any(question.name == "hidden" and question.chosen == TAKE for question in self.reading)


def read_layout(kind: ListKind, source: ImportSource, chosen: Chosen) -> ListLayout:
    """Return the layout that was chosen, else the one that looks right. Raises UnreadableFile."""
    tables = source.tables if source.book else [_read_text(source.text)]
    best = max(range(len(tables)), key=lambda at: _score(kind, tables[at], _best_heading(kind, tables[at])))
    reading = [
        ask(chosen, "sheet", "Blad", [(str(at), table.name) for at, table in enumerate(tables)], default=str(best))
    ]
    table = tables[int(reading[0].chosen)]
    reading = reading if source.book else []
    rows = [at for at in range(min(len(table.rows), _TOP)) if any(table.rows[at])] or [0]
    options = [(str(at), f"Rad {at + 1}: {shorten(' · '.join(filter(None, _row(table, at))), 60)}") for at in rows]
    heading = ask(chosen, "heading", "Rubrikerna står på", options, default=str(_best_heading(kind, table)))
    reading.append(heading)
    if any(row > int(heading.chosen) for row in table.hidden_rows):
        hidden = [(SKIP, "Hoppas över"), (TAKE, "Är med")]
        reading.append(ask(chosen, "hidden", "Dolda rader", hidden, default=SKIP))
    return _with_columns(kind, table, int(heading.chosen), chosen, reading)


def _read_text(text: str) -> Table:
    """Return the table; what stands between quotation marks is one cell."""
    delimiter = guess_delimiter(text)
    return read_text(text, delimiter, {first for first, _ in quoted_lines(text, delimiter)})


def _with_columns(kind: ListKind, table: Table, heading: int, chosen: Chosen, reading: list[Ask]) -> ListLayout:
    headings = [table.cell(heading, at) for at in range(table.width)]
    options = [(SKIP, "Hoppa över"), *((column.name, column.label) for column in kind.columns)]
    roles = [
        ask(
            chosen, f"column-{heading}-{at}", shorten(text, 90) or f"Kolumn {column_letter(at)}", options, default=guess
        )
        for at, (text, guess) in enumerate(zip(headings, _guess(kind, headings), strict=True))
    ]
    return ListLayout(table, heading, [question.chosen for question in roles], reading, roles)


def _guess(kind: ListKind, headings: Sequence[str]) -> list[str]:
    """Return the name of each column's column of the list. No name is guessed twice."""
    names: list[str] = []
    for heading in headings:
        fitting = (column.name for column in kind.columns if normalise(heading) in column.known_by)
        name = next(fitting, SKIP)
        names.append(name if name not in names else SKIP)
    return names


def _best_heading(kind: ListKind, table: Table) -> int:
    rows = range(min(len(table.rows), _TOP))
    return max(rows, key=lambda at: (_score(kind, table, at), -at), default=0)


def _score(kind: ListKind, table: Table, at: int) -> int:
    return sum(bool(name) for name in _guess(kind, _row(table, at)))


def _row(table: Table, at: int) -> Sequence[str]:
    return table.rows[at] if at < len(table.rows) else []
