"""A table of cells as it was read, with what its reader saw of each cell and row; and its form as JSON. Pure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

AT_ONCE = 2_000  # rows that are judged at once, on the page
MAX_ROWS = 20_000  # a worker judges more than those
MAX_COLUMNS = 100
PAGE_BYTES = 2_000_000  # of text: the page with the dry run sends it back
MAX_BYTES = 12_000_000
MAX_SHEETS = 20


class UnreadableFile(Exception):
    """The file is no spreadsheet, or too large. The message is shown to the user."""


class Flaw(StrEnum):
    """What makes a cell no answer."""

    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True)
class Merge:
    """Cells that were merged into one: first and last row and column, from 0, both included."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class QuotedLines:
    """Lines that may be rows or one cell: a quotation mark opens in the first and closes in the last."""

    line: int  # of the text, from 1: names the question
    top: int  # first and last row as they were read, from 0
    bottom: int


@dataclass(frozen=True)
class Table:
    """One sheet. Rows are numbered from 0 here, and from 1 where people see them."""

    rows: list[list[str]]
    name: str = ""
    is_hidden: bool = False
    is_cut: bool = False  # has more rows than are read
    flaws: dict[tuple[int, int], Flaw] = field(default_factory=dict)
    escaped: frozenset[tuple[int, int]] = frozenset()  # cells where «_x000D_» was read as a line break
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    quoted: tuple[QuotedLines, ...] = ()
    is_aligned: bool = True  # False for text, where a stray separator moves the cells of its row

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(row) for row in self.rows), default=0)

    def cell(self, row: int, column: int) -> str:
        """Return the text of a cell; empty outside the table."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""


def without_trailing_blanks(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the rows without empty cells last in each, and without empty rows last."""
    trimmed = [list(row) for row in rows]
    for row in trimmed:
        while row and not row[-1]:
            row.pop()
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed


def merged_once(merges: Iterable[Merge]) -> tuple[Merge, ...]:
    """Return the merges by column and row, without those that overlap an earlier one: no cell is merged twice."""
    kept: list[Merge] = []
    for merge in sorted(merges, key=lambda merge: (merge.left, merge.top)):
        if not kept or (kept[-1].left, kept[-1].bottom) < (merge.left, merge.top):
            kept.append(merge)
    return tuple(kept)


def tables_to_json(tables: Sequence[Table]) -> str:
    """Return the tables as JSON, which `tables_from_json` reads."""
    return json.dumps([_to_plain(table) for table in tables], ensure_ascii=False, separators=(",", ":"))


def tables_from_json(text: str) -> list[Table]:
    """Return the tables. Raises UnreadableFile when the text is not what `tables_to_json` wrote.

    The text is the browser's own word: what it says cannot cost more than a workbook of the allowed size.
    """
    try:
        return [_from_plain(plain) for plain in json.loads(text)[:MAX_SHEETS]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise UnreadableFile("Raderna kom inte fram hela. Välj filen igen.") from problem


def _to_plain(table: Table) -> dict[str, Any]:
    return {
        "rows": table.rows,
        "name": table.name,
        "is_hidden": table.is_hidden,
        "is_cut": table.is_cut,
        "flaws": [[row, column, flaw] for (row, column), flaw in table.flaws.items()],
        "escaped": sorted(table.escaped),
        "hidden_rows": sorted(table.hidden_rows),
        "hidden_columns": sorted(table.hidden_columns),
        "merges": [asdict(merge) for merge in table.merges],
    }


def _from_plain(plain: dict[str, Any]) -> Table:
    return Table(
        rows=[[str(cell) for cell in row[:MAX_COLUMNS]] for row in plain["rows"][: MAX_ROWS + 100]],
        name=str(plain["name"]),
        is_hidden=bool(plain["is_hidden"]),
        is_cut=bool(plain["is_cut"]),
        flaws={(int(row), int(column)): Flaw(flaw) for row, column, flaw in plain["flaws"]},
        escaped=frozenset((int(row), int(column)) for row, column in plain["escaped"]),
        hidden_rows=frozenset(map(int, plain["hidden_rows"])),
        hidden_columns=frozenset(map(int, plain["hidden_columns"])),
        merges=merged_once(Merge(**{name: int(at) for name, at in merge.items()}) for merge in plain["merges"]),
    )
