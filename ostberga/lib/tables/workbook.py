"""A table as an XLSX workbook for people: typed cells, frozen headings, a filter, and a sheet that explains it."""

import datetime as dt
from collections.abc import Iterable
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from ostberga.lib.tables.cells import as_words, local, looks_like_formula
from ostberga.lib.tables.file_notes import FileNotes
from ostberga.lib.tables.table import Cell, CellType, ExportTable

LONGEST = 32_767  # characters that a cell of a workbook holds
NOTHING_LEFT_OUT = "Inget är utelämnat."
CUT = " … (avkortat: resten står i CSV och JSON)"
_FORMATS = {CellType.DAY: "yyyy-mm-dd", CellType.MOMENT: "yyyy-mm-dd hh:mm", CellType.NUMBER: "0"}
_ABOUT = "Om filen"


def write_workbook(
    file: IO[bytes], table: ExportTable[Any], rows: Iterable[list[Cell]], count: int, notes: FileNotes
) -> None:
    """Write the workbook. Its rows go to a temporary file as they come, so that memory does not grow with them."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = table.title, notes.collaboration
    book.properties.language = "sv-SE"
    sheet = book.create_sheet(table.title[:31])
    _set_up(sheet, [column.type.width for column in table.columns])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{count + 1}"
    sheet.append(_headings(sheet, [column.name for column in table.columns]))
    writers = [_ColumnCells(sheet, column.type) for column in table.columns]
    for row in rows:
        sheet.append([writer.filled(cell) for writer, cell in zip(writers, row, strict=True)])
    _explain(book.create_sheet(_ABOUT), table, count, notes)
    book.save(file)


class _ColumnCells:
    """The cells of a column, written one at a time: a row is written when it is appended, so they are used anew."""

    def __init__(self, sheet: Any, type_: CellType) -> None:
        self.ordinary, self.formula_like = _text_cell(sheet), _text_cell(sheet)
        # A spreadsheet shows no apostrophe, and leaves the text a text when it is edited.
        self.formula_like.quotePrefix = True
        self.typed: Any = WriteOnlyCell(sheet)
        self.typed.number_format = _FORMATS.get(type_, "General")
        self.typed.alignment = Alignment(vertical="top")

    def filled(self, cell: Cell) -> Any:
        """Return the cell with this value, typed; None when it is empty."""
        if cell is None or cell == "":
            return None
        if isinstance(cell, str | bool):
            words = as_words(cell)
            words = words if len(words) <= LONGEST else words[: LONGEST - len(CUT)] + CUT
            filled = self.formula_like if looks_like_formula(words) else self.ordinary
            filled.value = words
            filled.data_type = "s"  # also what the library takes for a formula or an error
            return filled
        self.typed.value = local(cell) if isinstance(cell, dt.datetime) else cell
        return self.typed


def _text_cell(sheet: Any) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _set_up(sheet: Any, widths: list[int]) -> None:
    """Freeze the headings, set the widths, and let the sheet print across one page with its headings on each."""
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _headings(sheet: Any, names: list[str]) -> list[Any]:
    cells = []
    for name in names:
        cell = _text_cell(sheet)
        cell.value, cell.font = name, Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="17352F")
        cells.append(cell)
    return cells


def _explain(sheet: Any, table: ExportTable[Any], count: int, notes: FileNotes) -> None:
    """Write what the table is, what each column holds, and what is left out and why."""
    _set_up(sheet, [30, 20, 90])
    sheet.append(_headings(sheet, ["Om filen", "", table.title]))
    facts: list[tuple[str, str, Cell]] = [
        ("Vad det är", "", table.about),
        ("Samverkan", "", notes.collaboration),
        ("Uttagen", "", notes.day.isoformat()),
        ("Version", "", str(table.version)),
        ("Rader", "", str(count)),
        ("För vem", "", str(table.audience)),
    ]
    _append(sheet, facts)
    sheet.append(_headings(sheet, ["Kolumn", "Slag", "Vad den innehåller"]))
    _append(sheet, [(column.name, str(column.type), column.about) for column in table.columns])
    sheet.append(_headings(sheet, ["Utelämnat", "", "Vad, och varför"]))
    _append(sheet, [("", "", sentence) for sentence in table.left_out or (NOTHING_LEFT_OUT,)])


def _append(sheet: Any, rows: "Iterable[tuple[Cell, ...]]") -> None:
    writers = [_ColumnCells(sheet, CellType.TEXT) for _ in range(3)]
    for row in rows:
        sheet.append([writer.filled(cell) for writer, cell in zip(writers, row, strict=True)])
