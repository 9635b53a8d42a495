"""Files that were taken out, opened with other programs' libraries, and read back as the cells that went in."""

import csv
import datetime as dt
import io
import json

from django.utils import timezone
from openpyxl import load_workbook

from ostberga.lib.tables.cells import clean, local
from reports.downloads.catalogue import TABLES
from reports.downloads.file_making import arranged_for, write_file


def made(slug, format_, collaboration):
    """Return the bytes of a table's file."""
    file = io.BytesIO()
    write_file(slug, format_, collaboration, file, lambda _rows: None)
    return file.getvalue()


def cells_of(slug, collaboration, format_="json"):
    """Return the table's cells as they are in the database now, in the columns of that format."""
    table = arranged_for(TABLES[slug], format_, collaboration)
    return list(table.read_cells(table.rows(collaboration)))


def workbook_rows(content):
    """Return the headings and rows of a workbook's first sheet, each cell as a spreadsheet has it."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    headings, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return headings, rows


def csv_rows(content):
    """Return the headings and rows of a CSV file."""
    headings, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return headings, rows


def json_rows(content):
    """Return the headings and rows of a JSON file."""
    told = json.loads(content)
    headings = [column["namn"] for column in told["kolumner"]]
    return headings, [[row[name] for name in headings] for row in told["rader"]]


def in_workbook(cell):
    """Return how a workbook gives the cell back: moments without time zone, days as midnights."""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, dt.datetime):
        return local(cell)
    if isinstance(cell, dt.date):
        return dt.datetime.combine(cell, dt.time())
    return clean(cell) or None if isinstance(cell, str) else cell


def in_csv(cell):
    """Return how a CSV file gives it back."""
    read = in_workbook(cell)
    if isinstance(cell, str):
        words = clean(cell).replace("\n+", "\n'+").replace("; =", ";' =")
        return f"'{words}" if cell.lstrip()[:1] in set("=+-@") else words
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        return cell.isoformat()
    return "" if read is None else str(read)


def in_json(cell):
    """Return how a JSON file gives it back."""
    if isinstance(cell, dt.datetime):
        return timezone.localtime(cell).isoformat(timespec="seconds")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return clean(cell) if isinstance(cell, str) else cell
