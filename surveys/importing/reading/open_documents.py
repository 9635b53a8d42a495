"""Reading .ods spreadsheets (OpenDocument) and what is merged, hidden, calculated or in error there. Pure."""

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from surveys.importing.reading.delimited import is_error
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
from surveys.importing.reading.workbooks import ABOVE, MAX_UNPACKED, cell_text

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
# What may stand around rows and columns: groups, and those that are printed on each page.
_AROUND = {f"{_TABLE}{name}" for name in ("table-row-group", "table-header-rows", "table-rows")}
_AROUND |= {f"{_TABLE}{name}" for name in ("table-column-group", "table-header-columns", "table-columns")}
_HIDDEN = {"collapse", "filter"}

_NOT_READ = "Filen går inte att läsa. Spara den som Excel-arbetsbok (.xlsx) eller CSV och försök igen."
_LOCKED = "Filen är låst med lösenord. Spara den utan lösenord och försök igen."
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, SyntaxError),
    *(AttributeError, LookupError, TypeError, ValueError),
)


def read_open_document(data: bytes) -> list[Table]:
    """Return the sheets of an .ods file that hold anything. Raises UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise UnreadableFile("Filen är för stor. Dela upp den i flera.")
            if b"encryption-data" in packed.read("META-INF/manifest.xml"):
                raise UnreadableFile(_LOCKED)
            root = ElementTree.fromstring(packed.read("content.xml"))  # noqa: S314 - in a child process with limits
        hidden = _hidden_styles(root)
        sheets = root.findall(f".//{_OFFICE}spreadsheet/{_TABLE}table")[:MAX_SHEETS]
        tables = [_Sheet(sheet, hidden).read() for sheet in sheets]
    except _BROKEN as problem:
        raise UnreadableFile(_NOT_READ) from problem
    if not any(table.rows for table in tables):
        raise UnreadableFile("Kalkylbladet är tomt.")
    return [table for table in tables if table.rows]


def _hidden_styles(root: ElementTree.Element) -> set[str]:
    """Return the names of the styles whose sheets are not shown."""
    return {
        style.get(f"{_STYLE}name", "")
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    }


class _Sheet:
    """One sheet while it is read."""

    def __init__(self, sheet: ElementTree.Element, hidden_styles: set[str]) -> None:
        self.sheet, self.hidden_styles = sheet, hidden_styles
        self.rows: list[list[str]] = []
        self.flaws: dict[tuple[int, int], Flaw] = {}
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.is_cut = False

    def read(self) -> Table:
        """Return the table."""
        for row in _inside(self.sheet, f"{_TABLE}table-row"):
            self._read_row(row)
        return Table(
            rows=without_trailing_blanks(self.rows),
            name=self.sheet.get(f"{_TABLE}name", ""),
            is_hidden=self.sheet.get(f"{_TABLE}style-name", "") in self.hidden_styles,
            is_cut=self.is_cut,
            flaws=self.flaws,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self._hidden_columns()),
            merges=merged_once(self.merges),
        )

    def _read_row(self, row: ElementTree.Element) -> None:
        """Read a row as often as it is repeated; the empty rows down to the end of the sheet are one element."""
        cells = self._read_cells(row)
        room = MAX_ROWS + ABOVE - len(self.rows)
        times = _times(row, "number-rows-repeated")
        self.is_cut |= times > room and any(text for text, _ in cells)
        for _ in range(min(times, room)):
            at = len(self.rows)
            self.rows.append([text for text, _ in cells])
            for column, (_, cell) in enumerate(cells):
                self._note(at, column, cell)
            if row.get(f"{_TABLE}visibility") in _HIDDEN:
                self.hidden_rows.add(at)

    def _read_cells(self, row: ElementTree.Element) -> list[tuple[str, ElementTree.Element]]:
        cells: list[tuple[str, ElementTree.Element]] = []
        for cell in row:
            if cell.tag in _CELLS:
                times = min(_times(cell, "number-columns-repeated"), MAX_COLUMNS - len(cells))
                is_covered = cell.tag == f"{_TABLE}covered-table-cell"
                cells += [("" if is_covered else _text(cell), cell)] * times
        return cells

    def _note(self, at: int, column: int, cell: ElementTree.Element) -> None:
        if cell.get(f"{_TABLE}formula"):
            self.flaws[at, column] = Flaw.FORMULA
        elif is_error(self.rows[at][column]):
            self.flaws[at, column] = Flaw.ERROR
        down, right = _times(cell, "number-rows-spanned"), _times(cell, "number-columns-spanned")
        if down > 1 or right > 1:
            last_row, last_column = min(at + down, MAX_ROWS + ABOVE) - 1, min(column + right, MAX_COLUMNS) - 1
            self.merges.append(Merge(at, last_row, column, last_column))

    def _hidden_columns(self) -> Iterator[int]:
        at = 0
        for column in _inside(self.sheet, f"{_TABLE}table-column"):
            times = min(_times(column, "number-columns-repeated"), MAX_COLUMNS - at)
            if column.get(f"{_TABLE}visibility") in _HIDDEN:
                yield from range(at, at + times)
            at += times


def _inside(element: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    """Yield the rows, or columns, of a sheet in order, also those in groups."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            yield from _inside(child, tag)


def _times(element: ElementTree.Element, name: str) -> int:
    return max(int(element.get(f"{_TABLE}{name}", "1")), 1)


def _text(cell: ElementTree.Element) -> str:
    """Return what the cell holds: its value where it has one, else its paragraphs; comments are no part of it."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind == "date":
        return cell_text(dt.datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:19]))
    if kind == "boolean":
        return cell_text(cell.get(f"{_OFFICE}boolean-value") == "true")
    if kind == "float":
        return cell_text(float(cell.get(f"{_OFFICE}value", "")))
    return cell_text("\n".join(_words(paragraph) for paragraph in cell.findall(f"{_TEXT}p")))


def _words(element: ElementTree.Element) -> str:
    """Return the text of a paragraph; spaces, tabs and line breaks are elements there, and notes are left out."""
    text = element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            text += " " * min(int(child.get(f"{_TEXT}c", "1")), 1000)
        elif child.tag in {f"{_TEXT}line-break", f"{_TEXT}tab"}:
            text += "\n" if child.tag.endswith("line-break") else "\t"
        elif child.tag not in {f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text"}:
            text += _words(child)
        text += child.tail or ""
    return text
