"""Spreadsheets to download: the empty template, and the rows that were not stored with the reason beside each."""

import io
from collections.abc import Sequence

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from surveys.importing.columns.column_roles import REASON_HEADING, ROW_HEADING
from surveys.importing.dry_run import DryRun
from surveys.questionnaire.survey_definition import SurveyDefinition


def template_headings(definition: SurveyDefinition) -> list[str]:
    """Return the headings of the template."""
    return ["Datum", "Plats", "Språk", *(question.text.get("sv", "") for question in definition.questions)]


def empty_workbook(headings: Sequence[str]) -> bytes:
    """Return an .xlsx file with the headings in its first row."""
    return _workbook("Svar", [headings])


def refused_rows(dry_run: DryRun) -> list[list[str]]:
    """Return the rows that are not stored, all their columns, and why, below their headings."""
    table, heading = dry_run.layout.table, dry_run.layout.heading
    own = [column for column in dry_run.layout.columns if column.heading not in {ROW_HEADING, REASON_HEADING}]
    rows = [[REASON_HEADING, ROW_HEADING, *(table.cell(heading, column.index) for column in own)]]
    for row in dry_run.not_stored:
        cells = [table.cell(row.number - 1, column.index) for column in own]
        rows.append([" ".join(row.reasons), str(row.number), *cells])
    return rows


def refused_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """Return an .xlsx file of `refused_rows`. It can be imported again."""
    return _workbook("Inte sparade", rows)


def _workbook(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = title
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            _write(page, number, column, text)
    page.freeze_panes = "A2"
    for number in range(1, len(rows[0]) + 1):
        page.column_dimensions[get_column_letter(number)].width = 32
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write(page: Worksheet, row: int, column: int, text: str) -> None:
    """Write text as text: what somebody wrote that begins like a formula is none, also when the cell is edited."""
    cell = page.cell(row, column)
    cell.value = _printable(text)
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in {"=", "+", "-", "@"}


def _printable(text: str) -> str:
    """Return the text without control characters, which a workbook cannot hold; not longer than a cell may be."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:32_767]
