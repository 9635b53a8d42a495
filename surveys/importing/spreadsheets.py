"""Reading pasted cells and .xlsx files, and writing the empty template. Pure."""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

MAX_ROWS = 2_000
MAX_COLUMNS = 100
MAX_TEXT = 1_500_000  # characters; the confirming page sends them back
MAX_UNPACKED = 60_000_000  # bytes; a small .xlsx can unfold into something that fills the memory

# A quoted cell may contain tabs, line ends and doubled quotes; any other cell ends at the next tab or line end.
_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|\Z)|([^\t\n]*)')


# Exceptions raised by the zip, XML and workbook readers for a broken or password-protected file.
_NOT_A_WORKBOOK = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, SyntaxError),
    *(AttributeError, LookupError, TypeError, ValueError),
)


class UnreadableFile(Exception):
    """The file is no spreadsheet, or too large. The message is shown to the user."""


def parse_cells(text: str) -> list[list[str]]:
    """Parse text copied from a spreadsheet into rows of cells: tab-separated, quoted where needed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    rows: list[list[str]] = [[]]
    place = 0
    while place <= len(text):
        cell = _CELL.match(text, place)
        if cell is None:  # Cannot happen: the second alternative of the pattern also matches nothing.
            break
        quoted = cell.group(1)
        rows[-1].append((quoted.replace('""', '"') if quoted is not None else cell.group(2)).strip())
        place = cell.end()
        if text[place : place + 1] == "\n":
            rows.append([])
        place += 1
    return rows


def format_cells(rows: Iterable[Iterable[str]]) -> str:
    """Format rows of cells as the text a spreadsheet would copy; the inverse of `parse_cells`."""
    written = io.StringIO()
    csv.writer(written, dialect="excel-tab", lineterminator="\n").writerows(rows)
    return written.getvalue()


def workbook_text(data: bytes) -> bytes:
    """Return the first sheet of an .xlsx file as pasted text, in UTF-8; formulas as text. Raises UnreadableFile.

    Runs in a child process (`read_isolated`), since a small file can hold hours of work: import nothing heavy here.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise UnreadableFile("Filen är för stor. Dela upp den i flera.")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        rows = book.worksheets[0].iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True)
        return format_cells(_trimmed([_cell_text(cell) for cell in row]) for row in rows).encode()
    except _NOT_A_WORKBOOK as problem:
        raise UnreadableFile(
            "Filen går inte att läsa. Spara den som Excel-arbetsbok (.xlsx) och försök igen."
        ) from problem


def empty_workbook(headings: list[str]) -> bytes:
    """Return an .xlsx file with the headings in its first row."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "Svar"
    page.append(headings)
    page.freeze_panes = "A2"
    for number in range(1, len(headings) + 1):
        page.column_dimensions[get_column_letter(number)].width = 32
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _trimmed(row: list[str]) -> list[str]:
    """Remove trailing empty cells."""
    while row and not row[-1]:
        row.pop()
    return row


def _cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return unescape(str(cell)).replace("\r\n", "\n").replace("\r", "\n")  # Excel writes a carriage return as _x000D_
