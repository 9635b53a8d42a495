"""Which sheet of a file holds the list, where its headings stand, and which column each is. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.importing.asks import Ask, Chosen, ask
from surveys.importing.columns.column_roles import column_letter, normalise, shorten
from surveys.importing.columns.layout import ImportSource
from surveys.importing.columns.remembering import heading_name
from surveys.importing.reading.delimited import guess_delimiter, quoted_lines, read_text
from surveys.importing.reading.tables import MAX_COLUMNS, Table
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
    choices: Sequence[tuple[str, str]]  # what is chosen for its headings, to be remembered for the next file

    @property
    def skipped(self) -> list[str]:
        """The headings of the columns that are not read."""
        cells = (self.table.cell(self.heading, at) for at, name in enumerate(self.names) if not name)
        return [shorten(cell, 40) for cell in cells if cell]

    @property
    def takes_hidden(self) -> bool:
        """Whether rows that are hidden in the sheet are read."""
        return any(question.name == "hidden" and question.chosen == TAKE for question in self.reading)


def read_layout(kind: ListKind, source: ImportSource, chosen: Chosen, remembered: Mapping[str, str]) -> ListLayout:
    """Return the layout that was chosen, else the one that looks right. Raises UnreadableFile.

    `remembered` is what was chosen for headings in earlier files of the collaboration (`load_remembered`).
    """
    tables = source.tables if source.book else [_read_text(source.text)]
    guess = _Guess(kind, remembered)
    best = max(range(len(tables)), key=lambda at: guess.score(tables[at], guess.heading(tables[at])))
    reading = [
        ask(chosen, "sheet", "Blad", [(str(at), table.name) for at, table in enumerate(tables)], default=str(best))
    ]
    table = tables[int(reading[0].chosen)]
    reading = reading if source.book else []
    rows = [at for at in range(min(len(table.rows), _TOP)) if any(table.rows[at])] or [0]
    options = [(str(at), f"Rad {at + 1}: {shorten(' · '.join(filter(None, _row(table, at))), 60)}") for at in rows]
    heading = ask(chosen, "heading", "Rubrikerna står på", options, default=str(guess.heading(table)))
    reading.append(heading)
    if any(row > int(heading.chosen) for row in table.hidden_rows):
        hidden = [(SKIP, "Hoppas över"), (TAKE, "Är med")]
        reading.append(ask(chosen, "hidden", "Dolda rader", hidden, default=SKIP))
    return _with_columns(guess, table, int(heading.chosen), chosen, reading)


def _read_text(text: str) -> Table:
    """Return the table; what stands between quotation marks is one cell."""
    delimiter = guess_delimiter(text)
    return read_text(text, delimiter, {first for first, _ in quoted_lines(text, delimiter)})


@dataclass(frozen=True)
class _Guess:
    """What the columns of a kind look like: what was chosen for their headings before, else what these say."""

    kind: ListKind
    remembered: Mapping[str, str]

    def names(self, headings: Sequence[str]) -> list[str]:
        """Return the name of each column's column of the list. No name is guessed twice."""
        names: list[str] = []
        for heading in headings:
            name = self._name(heading)
            names.append(name if name not in names else SKIP)
        return names

    def _name(self, heading: str) -> str:
        before = self.remembered.get(heading_name(heading, self.kind.key))
        if before is not None and (before == SKIP or self.kind.column(before)):
            return before
        return next((column.name for column in self.kind.columns if normalise(heading) in column.known_by), SKIP)

    def score(self, table: Table, at: int) -> int:
        """Return how many columns a row of headings would give."""
        return sum(bool(name) for name in self.names(_row(table, at)))

    def heading(self, table: Table) -> int:
        """Return the row that looks most like headings."""
        return max(range(min(len(table.rows), _TOP)), key=lambda at: (self.score(table, at), -at), default=0)


def _with_columns(guess: _Guess, table: Table, heading: int, chosen: Chosen, reading: list[Ask]) -> ListLayout:
    headings = [table.cell(heading, at) for at in range(min(table.width, MAX_COLUMNS))]
    options = [(SKIP, "Hoppa över"), *((column.name, column.label) for column in guess.kind.columns)]
    guessed = guess.names(headings)
    roles = [
        ask(chosen, f"column-{heading}-{at}", shorten(text, 90) or f"Kolumn {column_letter(at)}", options, default=name)
        for at, (text, name) in enumerate(zip(headings, guessed, strict=True))
    ]
    names = [question.chosen for question in roles]
    choices = _to_remember(guess.kind, headings, guessed, names)
    return ListLayout(table, heading, names, reading, roles, choices)


def _to_remember(
    kind: ListKind, headings: Sequence[str], guessed: Sequence[str], names: Sequence[str]
) -> list[tuple[str, str]]:
    """Return what is chosen for each heading. A column that nobody chose to skip is not remembered as skipped."""
    return [
        (heading_name(heading, kind.key), name)
        for heading, guess, name in zip(headings, guessed, names, strict=True)
        if heading.strip() and (name or guess)
    ]


def _row(table: Table, at: int) -> Sequence[str]:
    return table.rows[at] if at < len(table.rows) else []
