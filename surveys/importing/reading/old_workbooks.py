"""Reading .xls workbooks of Excel 97–2003 and what is merged, hidden, calculated or in error there. Pure."""

import struct
from typing import Any, Literal

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.xldate import XLDateError, xldate_as_datetime

from surveys.importing.reading.tables import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    Flaw,
    Merge,
    Table,
    UnreadableFile,
    merged_once,
    without_trailing_blanks,
)
from surveys.importing.reading.workbooks import ABOVE, cell_text

# The records that hold a formula, in the versions of the format; each begins with its row and column.
_FORMULAS = {0x0006, 0x0206, 0x0406}
_END = 0x000A

_NOT_READ = "Filen går inte att läsa. Spara den som Excel-arbetsbok (.xlsx) och försök igen."
_LOCKED = "Filen är låst med lösenord. Spara den som Excel-arbetsbok (.xlsx) utan lösenord och försök igen."


def read_old_workbook(data: bytes) -> list[Table]:
    """Return the sheets of an .xls file that hold anything. Raises UnreadableFile."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, logfile=_Silent())
        tables = [_read_sheet(book, at) for at in range(min(book.nsheets, MAX_SHEETS))]
    except Exception as problem:  # a broken file makes its reader fail anywhere; it runs in a child process of its own
        raise UnreadableFile(_LOCKED if "encrypted" in str(problem) else _NOT_READ) from problem
    if not any(table.rows for table in tables):
        raise UnreadableFile("Arbetsboken är tom.")
    return [table for table in tables if table.rows]


class _Silent:
    """Where the reader writes its warnings: nowhere, since they could hold what somebody said."""

    def write(self, _text: str) -> int:
        """Write nothing."""
        return 0

    def flush(self) -> None:
        """Do nothing."""


def _read_sheet(book: xlrd.Book, at: int) -> Table:
    sheet = book.sheet_by_index(at)
    rows, flaws = [], dict.fromkeys(_formulas(book, at), Flaw.FORMULA)
    for row in range(min(sheet.nrows, MAX_ROWS + ABOVE)):
        cells = sheet.row(row)[:MAX_COLUMNS]
        rows.append([_text(cell, book.datemode) for cell in cells])
        errors = {(row, column): Flaw.ERROR for column, cell in enumerate(cells) if cell.ctype == xlrd.XL_CELL_ERROR}
        flaws |= {place: flaw for place, flaw in errors.items() if place not in flaws}
    merges = (Merge(top, bottom - 1, left, right - 1) for top, bottom, left, right in sheet.merged_cells)
    return Table(
        rows=without_trailing_blanks(rows),
        name=sheet.name,
        is_hidden=sheet.visibility != 0,
        is_cut=sheet.nrows > MAX_ROWS + ABOVE,
        flaws=flaws,
        hidden_rows=frozenset(number for number, row in sheet.rowinfo_map.items() if row.hidden),
        hidden_columns=frozenset(number for number, column in sheet.colinfo_map.items() if column.hidden),
        merges=merged_once(merges),
    )


def _formulas(book: xlrd.Book, at: int) -> set[tuple[int, int]]:
    """Return the rows and columns of the sheet's formulas, which xlrd gives as if their results had been typed."""
    stream, place = book.mem or b"", vars(book)["_sh_abs_posn"][at]  # both are kept while sheets are read on demand
    places: set[tuple[int, int]] = set()
    while place + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, place)
        if code in _FORMULAS and length >= 4:
            places.add(struct.unpack_from("<HH", stream, place + 4))
        if code == _END:
            break
        place += 4 + length
    return places


def _text(cell: Any, datemode: Literal[0, 1]) -> str:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return cell_text(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return cell_text(xldate_as_datetime(cell.value, datemode))
        except XLDateError:
            return cell_text(cell.value)
    return cell_text(cell.value)
