"""Reading .xlsx workbooks: every sheet's cells, and what is merged, hidden, calculated or in error there. Pure."""

import datetime as dt
import io
import zipfile
import zlib
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

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

MAX_UNPACKED = 60_000_000  # bytes; a small .xlsx can unfold into something that fills the memory
# Rows read beyond the most that are taken, for titles above the headings.
ABOVE = 50

# Exceptions raised by the zip, XML and workbook readers for a broken or password-protected file.
_NOT_A_WORKBOOK = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, SyntaxError),
    *(AttributeError, LookupError, TypeError, ValueError),
)


def read_workbook(data: bytes) -> list[Table]:
    """Return the sheets of an .xlsx file that hold anything. Raises UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise UnreadableFile("Filen är för stor. Dela upp den i flera.")
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=False)
        tables = [_read_sheet(sheet) for sheet in book.worksheets[:MAX_SHEETS]]
    except _NOT_A_WORKBOOK as problem:
        raise UnreadableFile(
            "Filen går inte att läsa. Spara den som Excel-arbetsbok (.xlsx) och försök igen."
        ) from problem
    if not any(table.rows for table in tables):
        raise UnreadableFile("Arbetsboken är tom.")
    return [table for table in tables if table.rows]


def _read_sheet(sheet: Worksheet) -> Table:
    rows: list[list[str]] = []
    flaws: dict[tuple[int, int], Flaw] = {}
    for at, row in enumerate(sheet.iter_rows(max_row=min(sheet.max_row, MAX_ROWS + ABOVE), max_col=_width(sheet))):
        rows.append([cell_text(cell.value) for cell in row])
        flaws |= {
            (at, column): Flaw.FORMULA if cell.data_type == "f" else Flaw.ERROR
            for column, cell in enumerate(row)
            if cell.data_type in {"f", "e"}
        }
    return Table(
        rows=without_trailing_blanks(rows),
        name=sheet.title,
        is_hidden=sheet.sheet_state != "visible",
        is_cut=sheet.max_row > MAX_ROWS + ABOVE,
        flaws=flaws,
        hidden_rows=frozenset(number - 1 for number, row in sheet.row_dimensions.items() if row.hidden),
        hidden_columns=_hidden_columns(sheet),
        merges=merged_once(
            Merge(area.min_row - 1, area.max_row - 1, area.min_col - 1, area.max_col - 1)
            for area in sheet.merged_cells.ranges
        ),
    )


def _width(sheet: Worksheet) -> int:
    return min(sheet.max_column, MAX_COLUMNS)


def _hidden_columns(sheet: Worksheet) -> frozenset[int]:
    """Return the hidden columns; neighbours that look the same are one entry in the file."""
    hidden: set[int] = set()
    for letters, column in sheet.column_dimensions.items():
        if column.hidden:
            first = column.min or column_index_from_string(letters)
            hidden |= set(range(first - 1, min(column.max or first, MAX_COLUMNS)))
    return frozenset(hidden)


def cell_text(value: Any) -> str:
    """Return a cell's value as text: dates as days in ISO form, whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    text = str(getattr(value, "text", value))  # an array formula is an object with a text
    return unescape(text).replace("\r\n", "\n").replace("\r", "\n").strip()  # Excel writes a carriage return as _x000D_
